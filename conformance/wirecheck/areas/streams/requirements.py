"""Streams of chunks, whatever is streamed: spec/rules/streams/streams.md."""

from __future__ import annotations

from wirecheck.areas.chat.chunk_order import Rule, breaches
from wirecheck.areas.chat.reading import DONE, documents, is_chunk, nearly_done, read
from wirecheck.areas.streams.pools import every_stream, every_streamed_answer
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Violations, requirement


def _failed(answer: Exchange) -> bool:
    """Whether a stream says that it failed: with an error, or at its end with what is no chunk at all."""
    values = [value for _, value in answer.objects]
    return any(shape.says_error(value) for value in values) or bool(values and not is_chunk(values[-1]))


def _last(answer: Exchange) -> str:
    events = answer.stream.events
    return f"its last event is {events[-1].data[:120]!r}" if events else "it has no event"


# --- bytes


@requirement("stream.media-type", on=every_streamed_answer, feature="streaming")
def labels_streams(answer: Exchange) -> Violations:
    """The answer to `stream: true` MUST be labelled `text/event-stream`."""
    if answer.media_type != "text/event-stream":
        yield f"Content-Type: {answer.header('content-type')}"


@requirement("stream.lines", on=every_stream, feature="streaming")
def writes_legal_lines(answer: Exchange) -> Violations:
    """A line that holds a JSON object or `[DONE]` MUST be a field `data`, or a comment: a parser drops any other."""
    for odd in [each for each in answer.stream.odd("unknown line") if "{" in each.text or DONE in each.text][:3]:
        yield f"at {odd.at:.3f} s: {odd.text!r}"


@requirement("stream.utf8", on=every_stream, feature="streaming")
def cuts_no_character(answer: Exchange) -> Violations:
    """Each event MUST be UTF-8 by itself: no character is cut between two events."""
    for odd in answer.stream.odd("not utf-8")[:3]:
        yield f"at {odd.at:.3f} s: {odd.text!r}"


@requirement("stream.bom", on=every_stream, feature="streaming")
def begins_without_a_mark(answer: Exchange) -> Violations:
    """A stream MUST NOT begin with a byte-order mark."""
    if answer.stream.odd("bom"):
        yield "the stream begins with EF BB BF: the official Python SDK loses the first chunk"


@requirement("stream.one-value", on=every_stream, feature="streaming")
def ends_each_event_with_an_empty_line(answer: Exchange) -> Violations:
    """Each event MUST end with an empty line."""
    for odd in answer.stream.odd("unfinished")[:1] if answer.end == "complete" else []:
        yield f"the body ends without the empty line that ends the event: {odd.text!r}"


@requirement("stream.one-line", on=every_stream, feature="streaming")
def writes_each_event_on_one_line(answer: Exchange) -> Violations:
    """An event SHOULD hold its JSON in one `data` line, since some clients read each line by itself."""
    for each in [found for found in answer.payloads if "\n" in found.text and isinstance(found.value, dict)][:3]:
        yield f"at {each.at:.3f} s one event holds more than one data line: {each.text[:120]!r}"


@requirement("stream.json", on=every_stream, feature="streaming")
def sends_json_or_done(answer: Exchange) -> Violations:
    """The data of each event, its lines joined, MUST be a JSON object or `[DONE]`."""
    # What only resembles [DONE] is for `stream.done` to judge.
    done = any(each.text == DONE for each in answer.payloads)
    for each in answer.payloads:
        if each.text == DONE or (not done and nearly_done(each.text)):
            continue
        where = f"event {each.number} at {each.at:.3f} s"
        if each.value is ABSENT:
            yield f"{where}: {strict_json.why_not(each.text)}: {each.text[:120]!r}"
        elif not isinstance(each.value, dict):
            yield f"{where} is no object: {each.text[:120]!r}"


@requirement("stream.no-empty-event", on=every_stream, feature="streaming")
def sends_no_empty_event(answer: Exchange) -> Violations:
    """An event without data SHOULD NOT be sent: some clients read it as an empty chunk, as they do any empty line
    once an `id` was set.
    """
    for odd in answer.stream.odd("no data")[:3]:
        yield f"at {odd.at:.3f} s an event without data: {odd.text!r}"


@requirement("stream.space", on=every_stream, feature="streaming")
def writes_a_space(answer: Exchange) -> Violations:
    """A space SHOULD follow `data:`, since many clients look for it."""
    for odd in answer.stream.odd("no space")[:1]:
        yield f"at {odd.at:.3f} s: {odd.text[:80]!r}"


@requirement("stream.no-cache", on=every_stream, feature="streaming")
def forbids_caches(answer: Exchange) -> Violations:
    """A stream SHOULD carry `Cache-Control: no-cache` (or `no-store`), so that proxies pass it on."""
    found = answer.header("cache-control") or ""
    if "no-cache" not in found.lower() and "no-store" not in found.lower():
        yield f"Cache-Control: {found or 'absent'}"


# --- one answer


def _one(answer: Exchange, name: str) -> Violations:
    found = [at(value, name) for value in documents(answer)]
    known = [each for each in found if isinstance(each, (str, int, float))]
    other = next((each for each in known if each != known[0]), None)
    if other is not None:
        yield f"{len(set(known))} values of {name} in one stream: {known[0]!r}, then {other!r}"


@requirement("stream.one-id", on=every_stream, feature="streaming")
def keeps_one_id(answer: Exchange) -> Violations:
    """All chunks of a stream MUST have the same `id`."""
    yield from _one(answer, "id")


@requirement("stream.one-model", on=every_stream, feature="streaming")
def keeps_one_model(answer: Exchange) -> Violations:
    """All chunks of a stream MUST have the same `model`."""
    yield from _one(answer, "model")


@requirement("stream.one-created", on=every_stream, feature="streaming")
def keeps_one_created(answer: Exchange) -> Violations:
    """All chunks of a stream MUST have the same `created`."""
    yield from _one(answer, "created")


# --- order and end


def _alone(answer: Exchange) -> None:
    """Raises `Unseen` for several choices: `chat.n-stream` judges them, where the server has them."""
    if len(read(answer).choices) > 1:
        raise Unseen("no stream of one choice")


def _breaches(answer: Exchange, rule: Rule) -> Violations:
    for breach in [each for each in breaches(answer) if each.rule == rule][:3]:
        yield breach.message


@requirement("stream.finish-given", on=every_stream, feature="streaming")
def finishes_each_choice(answer: Exchange) -> Violations:
    """Each choice of a stream that ran to its end MUST get a `finish_reason`."""
    _alone(answer)
    if _failed(answer):
        raise Unseen("no stream that ran to its end")
    for choice in read(answer).choices.values():
        if not choice.finishes:
            yield f"choice {choice.index} has no finish_reason"


@requirement("stream.finish-once", on=every_stream, feature="streaming")
def finishes_once(answer: Exchange) -> Violations:
    """A choice MUST NOT get more than one `finish_reason`."""
    yield from _breaches(answer, "finish once")


@requirement("stream.finish-last", on=every_stream, feature="streaming")
def says_nothing_after_the_finish(answer: Exchange) -> Violations:
    """A choice MUST NOT get another delta after its `finish_reason`."""
    yield from _breaches(answer, "finish last")


@requirement("stream.done", on=every_stream, feature="streaming")
def says_done(answer: Exchange) -> Violations:
    """A stream that ran to its end MUST say so with `data: [DONE]`."""
    if _failed(answer):
        raise Unseen("no stream that ran to its end")
    if not any(event.data == DONE for event in answer.stream.events):
        # An event that lacks only its empty line is for `stream.one-value` to judge.
        if any(DONE in odd.text for odd in answer.stream.odd("unfinished")):
            return
        yield f"the stream ends ({answer.end}) without [DONE]; {_last(answer)}"


@requirement("stream.done-once", on=every_stream, feature="streaming")
def says_done_once(answer: Exchange) -> Violations:
    """A stream MUST NOT say `[DONE]` more than once."""
    yield from _breaches(answer, "done once")


@requirement("stream.done-last", on=every_stream, feature="streaming")
def says_done_last(answer: Exchange) -> Violations:
    """An event MUST NOT follow `[DONE]`."""
    yield from _breaches(answer, "done last")


@requirement("stream.ends", on=every_stream, feature="streaming")
def closes_the_body(answer: Exchange) -> Violations:
    """The body of a stream MUST end after its last event, whole and at once."""
    if answer.end == "timeout":
        yield f"the body stays open {answer.seconds:.1f} s after the request; {_last(answer)}"
    elif answer.end == "broken":
        yield f"the connection broke in the middle of the body ({answer.error}); {_last(answer)}"
    elif answer.end == "too long":
        yield f"the stream goes on past {len(answer.body)} bytes"
