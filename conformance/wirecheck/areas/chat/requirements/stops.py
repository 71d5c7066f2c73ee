"""Stop strings: spec/rules/chat/stops.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import chat
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, accepts
from wirecheck.judging.requirement import Broken, Violations, requirement


def _stops(answer: Exchange) -> Violations:
    if not accepts(answer):
        yield Broken(f"a stop string was answered with {answer.status}; 200 is required", answer)
        return
    first = read(answer).first
    text = first.text
    _, said, rest = text.partition(chat.KEPT)
    early = text.strip()
    if chat.STOP in text:
        yield Broken(f"the stop string {chat.STOP!r} stands in {text!r}", answer)
    elif said and rest and chat.STOP.startswith(rest):
        yield Broken(f"{text!r} ends with {rest!r}, the beginning of the stop string {chat.STOP!r}", answer)
    elif said and not rest.startswith("ta") and ("ma" in rest or "delta" in rest):
        yield Broken(f"{text!r} goes on past the stop string {chat.STOP!r}, which it leaves out", answer)
    elif not said and early and chat.KEPT.startswith(early) and first.finish == "stop":
        yield Broken(f"{text!r} is cut before the stop string {chat.STOP!r}; {chat.KEPT!r} is required", answer)
    elif not said:
        raise Unseen(f"the model did not say the text that holds the stop string: {text[:80]!r}")


def _stops_at_its_own(answer: Exchange, own: chat.Own) -> Violations:
    """The same where the stop string is out of the model's own words."""
    if not accepts(answer):
        yield Broken(f"a stop string was answered with {answer.status}; 200 is required", answer)
        return
    first = read(answer).first
    text, said = first.text, own.said or ""
    kept = said[: said.find(own.stop)] if own.stop in said else said
    if own.stop in text:
        yield Broken(f"the stop string {own.stop!r} stands in {text!r}", answer)
    elif own.said is not None and text.strip() != kept.strip():
        if first.finish == "stop" and text.strip() and kept.startswith(text.strip()):
            yield Broken(f"{text!r} is cut before the stop string {own.stop!r}; {kept!r} is required", answer)
        else:
            raise Unseen(f"the model says something else each time: {text[:80]!r}")
    elif first.finish != "stop":
        raise Unseen(f"the model did not come to the stop string: finish_reason is {first.finish!r}")


def _stops_somewhere(given: Exchange, own: chat.Own | None, *, stream: bool) -> Violations:
    """Judges by the model's own words where it did not say those that it was given."""
    try:
        yield from _stops(given)
    except Unseen:
        if own is None:
            raise
        yield from _stops_at_its_own(own.both.stream if stream else own.both.sync, own)


@requirement("chat.stop", on=chat.stops, feature="stop_strings")
def cuts_at_the_stop_string(seen: chat.Stops) -> Violations:
    """An answer MUST end right before the first stop string, wherever token borders fall."""
    yield from _stops_somewhere(seen.given.sync, seen.own, stream=False)


@requirement("chat.stop-stream", on=chat.stops, feature="stop_strings")
def never_streams_a_stop_string(seen: chat.Stops) -> Violations:
    """A stream MUST NOT show a stop string, nor the beginning of one that was then completed, nor end earlier."""
    yield from _stops_somewhere(seen.given.stream, seen.own, stream=True)
