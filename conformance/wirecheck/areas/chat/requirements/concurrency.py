"""Clients at the same time: spec/rules/chat/concurrency.md."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.areas.chat.calls import calls_of, cut
from wirecheck.areas.chat.probes import concurrency
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

# So many of a crowd must have said what they were asked to, before one that says nothing is held to it.
FEWEST = 2


@requirement("concurrency.isolation", on=concurrency.crowd, feature="chat")
def keeps_clients_apart(seen: concurrency.Crowd) -> Violations:
    """An answer MUST NOT hold what only another client's request holds."""
    judged = 0
    nonces = {nonce for nonce, _ in seen.answers}
    for own, answer in seen.answers:
        try:
            text = read(answer).first.text
        except Unseen:  # an answer without any choice shows nothing of anybody's
            continue
        judged += 1
        for other in sorted(nonces - {own}):
            if other in text:
                yield Broken(f"asked for {own}, the answer holds {other} of another client", answer)
    if judged < 2:
        raise Unseen("fewer than two of the concurrent requests were answered")


@requirement("concurrency.served", on=concurrency.crowd, feature="chat")
def serves_or_sheds(seen: concurrency.Crowd) -> Violations:
    """Each of 16 concurrent requests MUST be answered: with 200 and an answer to it, or with 429, 503 or 529 by
    a server that is full.
    """
    wrong = 0
    for _, answer in seen.answers:
        if answer.status not in (None, 200, 429, 503, 529):
            wrong += 1
            yield Broken(f"one of {len(seen.answers)} concurrent requests: {answer.status}", answer)
    for message, answer in _beside_the_point(seen):
        wrong += 1
        yield Broken(message, answer)
    silent = [answer for _, answer in seen.answers if answer.status is None]
    if len(silent) == len(seen.answers):
        yield Broken(f"none of {len(silent)} concurrent requests was answered: {silent[0].error}", silent[0])
    elif silent and not wrong:
        # A queue is an answer too, only later than we wait; a lost connection is for `validation.answered` to judge.
        raise Unseen(f"{len(silent)} of {len(seen.answers)} got no answer: {silent[0].error}")


@requirement("concurrency.calls", on=concurrency.callers, feature="tools")
def keeps_calls_apart(seen: concurrency.Callers) -> Violations:
    """Streams with calls that run at the same time MUST carry each the call that it carries alone, and nothing of
    another's.
    """
    if not any(_whole_call(answer) for answer in seen.alone):
        raise Unseen("no stream with a call came whole, even alone")
    nonces = {nonce for nonce, _ in seen.streams}
    told = [(nonce, answer) for nonce, answer in seen.streams if answer.status == 200 and answer.end == "complete"]
    if len(told) < FEWEST:
        raise Unseen("fewer than two of the concurrent streams were answered")
    for own, answer in told:
        others = [other for other in sorted(nonces - {own}) if other.encode() in answer.body]
        if others:
            yield Broken(f"asked for {own}, the call holds {others[0]} of another client", answer)
        elif calls_of(answer) and not cut(answer) and not _whole_call(answer):
            calls = [(call.index, call.name, call.arguments) for call in calls_of(answer)]
            yield Broken(f"beside other streams the calls (index, name, arguments) are {calls}", answer)


def _whole_call(answer: Exchange) -> bool:
    """Whether a stream holds one call, with index 0, a name and an id, its arguments JSON."""
    calls = calls_of(answer)
    return len(calls) == 1 and all((calls[0].index == 0, calls[0].name, calls[0].id, calls[0].value is not ABSENT))


def _beside_the_point(seen: concurrency.Crowd) -> Iterator[tuple[str, Exchange]]:
    """Successes that say nothing where others say what they were asked to, or something else where nearly all do.

    A model may write a word wrong: only what nothing of the word is in, in a crowd that can do it, is another answer.
    """
    nonces = {nonce for nonce, _ in seen.answers}
    done = [(nonce, answer, _said(answer)) for nonce, answer in seen.answers if answer.status == 200]
    right = [nonce for nonce, _, text in done if text is not None and nonce in text]
    if len(right) < FEWEST:
        return
    able = 4 * len(right) >= 3 * len(done)
    for nonce, answer, text in done:
        if (
            text is None
            or (text and not able)
            or any(nonce[start : start + 3] in text for start in range(len(nonce) - 2))
        ):
            continue
        if not any(other in text for other in nonces):
            what = f"{text[:60]!r} came" if text else "an empty answer came"
            yield f"one of {len(seen.answers)} concurrent requests asked for {nonce}: {what}", answer


def _said(answer: Exchange) -> str | None:
    """The text of an answer that the model ended of itself; None where it was cut, or is no text alone."""
    try:
        choice = read(answer).first
    except Unseen:
        return None
    parts = [value for _, value in answer.objects] if answer.is_stream else [answer.json]
    spoken = [at(part, "choices", 0, name) for part in parts for name in ("delta", "message")]
    others = {name for each in spoken if isinstance(each, dict) for name, value in each.items() if value}
    whole = answer.end == "complete" and choice.finish == "stop"
    return choice.text if whole and others <= {"role", "content"} else None
