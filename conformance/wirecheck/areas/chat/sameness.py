"""Whether a stream says what the same request says without one. Streams and lines both ask it.

No API promises that a model says the same twice: what it repeats to the letter it must repeat in a stream too, and
for anything else it takes several streams that agree with each other and not with the plain answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.probes.chat import Repeated
from wirecheck.areas.chat.reading import DONE, Completion, read, unreadable
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations


@dataclass(frozen=True)
class _Said:
    """What one answer says, without white space at its ends, and why it ended."""

    text: str
    finish: object
    exchange: Exchange


def differences(seen: Repeated) -> Violations:
    """Streams that do not say what the plain answers say. Raises `Unseen` where the model varies by itself."""
    thinks = any(found.thought for each in (*seen.syncs, *seen.streams) if (found := _found(each)) is not None)
    syncs = [said for each in seen.syncs if (said := _said(each, thinks=thinks)) is not None and said.text]
    streams = [said for each in seen.streams if (said := _said(each, thinks=thinks)) is not None]
    known = "".join(said.text for said in syncs)
    # A character that became U+FFFD is for `chat.characters` to judge.
    streams = [said for said in streams if "\ufffd" not in said.text or "\ufffd" in known]
    if not syncs or not streams:
        raise Unseen("the answers cannot be compared")
    plain = syncs[0].text
    repeats = all(PHRASE in said.text for said in syncs)
    lost = [
        said
        for said in streams
        if (not said.text and said.finish in (None, "stop")) or (repeats and PHRASE not in said.text)
    ]
    if not lost:
        firm = len(streams) > 2 or (plain == PHRASE and len(streams) > 1)
        if len({said.text for said in syncs}) == len({said.text for said in streams}) == 1 and firm:
            lost = [said for said in streams if said.text != plain]
        elif any(said.text != plain for said in (*syncs, *streams)):
            # Of what differs, show two that do.
            other = next(said.text for said in (*syncs, *streams) if said.text != plain)
            raise Unseen(f"the model does not say the same each time: {plain[:80]!r}, {other[:80]!r}")
    for said in lost:
        yield Broken(f"without a stream {plain!r}, the deltas join to {said.text!r}", said.exchange)


def _found(exchange: Exchange) -> Completion | None:
    try:
        return read(exchange)
    except Unseen:
        return None


def _said(exchange: Exchange, *, thinks: bool) -> _Said | None:
    """None where an answer is not whole, or where it says nothing of the text: a refusal, a call, only thoughts."""
    if exchange.status != 200 or exchange.end == "broken" or unreadable(exchange):
        return None
    events = exchange.stream.events
    if exchange.media_type == "text/event-stream" and events and all(event.data == DONE for event in events):
        return _Said("", None, exchange)
    found = _found(exchange)
    if found is None or 0 not in found.choices or any(shape.says_error(value) for _, value in exchange.objects):
        return None
    first = found.first
    cut = thinks and first.finish == "length"
    if first.refusal or first.calls or first.finish == "content_filter" or cut:
        return None
    # A limit may fall within a character: half of one is no text, and a stream holds it back.
    text = first.text.rstrip("\ufffd") if first.finish == "length" else first.text
    return _Said(text.strip(), first.finish, exchange)
