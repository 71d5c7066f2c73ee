"""Clients at the same time, and clients that leave: spec/rules/concurrency.md."""

from __future__ import annotations

from wirecheck.completion import read
from wirecheck.probe import Unseen
from wirecheck.probes import concurrency, streaming
from wirecheck.requirement import Broken, Violations, requirement


@requirement("concurrency.isolation", on=concurrency.crowd, cites="concurrency.md#isolation", feature="chat")
def keeps_clients_apart(seen: concurrency.Crowd) -> Violations:
    """An answer MUST NOT hold what only another client's request holds."""
    judged = 0
    nonces = {nonce for nonce, _ in seen.answers}
    for own, answer in seen.answers:
        if answer.status != 200:
            continue
        text = read(answer).first.text
        judged += 1
        for other in sorted(nonces - {own}):
            if other in text:
                yield Broken(f"asked for {own}, the answer holds {other} of another client", answer)
    if judged < 2:
        raise Unseen("fewer than two of the concurrent requests were answered")


@requirement("concurrency.served", on=concurrency.crowd, cites="concurrency.md#isolation", feature="chat")
def serves_or_sheds(seen: concurrency.Crowd) -> Violations:
    """Each of 16 concurrent requests MUST be answered: with 200, or with 429 or 503 by a server that is full."""
    for _, answer in seen.answers:
        if answer.status not in (200, 429, 503):
            yield Broken(f"one of {len(seen.answers)} concurrent requests: {answer.status or answer.error}", answer)


@requirement("concurrency.leaving", on=streaming.left, cites="concurrency.md#leaving", feature="streaming")
def stops_for_a_client_that_leaves(seen: streaming.Left) -> Violations:
    """A client that closes its connection SHOULD end the work for its request."""
    if seen.busy is not None and seen.idle is not None:
        if seen.busy > seen.idle:
            yield Broken(
                f"2 s after clients left, {seen.busy - seen.idle} of their requests are worked on",
                seen.stream,
            )
    elif seen.after.status is None:
        yield Broken(f"after clients left, a short request got no answer: {seen.after.error}", seen.after)
    elif seen.after.seconds > max(4 * seen.alone.seconds, seen.alone.seconds + 2):
        yield Broken(
            f"a short request took {seen.alone.seconds:.2f} s before clients left their long streams,"
            f" and {seen.after.seconds:.2f} s after",
            seen.after,
        )
