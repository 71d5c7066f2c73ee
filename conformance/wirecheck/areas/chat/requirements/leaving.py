"""Clients that leave: spec/rules/chat/leaving.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import leaving
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement
from wirecheck.judging.shape import tells_an_error


@requirement("concurrency.leaving", on=leaving.left, feature="streaming")
def stops_for_a_client_that_leaves(seen: leaving.Left) -> Violations:
    """A client that closes its connection SHOULD end the work for its request."""
    if seen.busy is not None and seen.idle is not None:
        if seen.busy > seen.idle:
            yield Broken(
                f"2 s after clients left, {seen.busy} requests are under way, and {seen.idle} before they came",
                seen.gone[0],
            )
    elif seen.after.status is None and not _out_of_time(seen.after):
        raise Unseen(f"the request after clients left: {seen.after}")
    elif seen.after.status is None:
        yield Broken(f"after clients left, a short request got no answer: {seen.after.error}", seen.after)
    elif seen.after.seconds > max(4 * seen.alone.seconds, seen.alone.seconds + 2):
        yield Broken(
            f"a short request took {seen.alone.seconds:.2f} s before clients left their long streams,"
            f" and {seen.after.seconds:.2f} s after",
            seen.after,
        )


@requirement("concurrency.bystander", on=leaving.left, feature="streaming")
def spares_those_who_stay(seen: leaving.Left) -> Violations:
    """A client that leaves MUST NOT cost another its answer: what is under way comes whole, and the next request is
    answered.
    """
    if seen.after.status is None and not _out_of_time(seen.after):
        yield Broken(f"after {len(seen.gone)} clients left, a short request: {seen.after.error}", seen.after)
    elif (seen.after.status or 0) >= 500 and not seen.after.shed and seen.alone.status == 200:
        yield Broken(f"after {len(seen.gone)} clients left, a short request: {seen.after.status}", seen.after)
    lack, usual = _lack(seen.witness), _lack(seen.before)
    if lack and not usual:
        yield Broken(f"a stream beside {len(seen.gone)} clients that left {lack}", seen.witness)
    elif usual:
        raise Unseen(f"the same stream with nobody beside it {usual}")


def _lack(stream: Exchange) -> str:
    """What a stream lacks to be whole; "" where it lacks nothing. Raises `Unseen` where a full server shed it, or where
    nobody waited for its end.
    """
    if stream.shed or stream.end in ("no answer", "timeout", "too long"):
        raise Unseen(f"a stream that nobody left: {stream}")
    if stream.status != 200:
        return f"was answered with {stream.status}" if stream.status else f"was not answered: {stream.error}"
    if stream.end != "complete":
        return f"broke off: {stream.error}"
    if tells_an_error(stream):
        return "ended with an error"
    choices = read(stream).choices
    return "" if choices and all(choice.finish for choice in choices.values()) else "ended without a `finish_reason`"


def _out_of_time(answer: Exchange) -> bool:
    """Whether it was us who stopped waiting for an answer."""
    return answer.end == "no answer"
