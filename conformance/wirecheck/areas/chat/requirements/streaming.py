"""Streams of chats, beyond what holds for any stream: spec/rules/chat/streaming.md."""

from __future__ import annotations

from wirecheck.areas.chat.chunk_order import Rule, breaches, finishes
from wirecheck.areas.chat.pacing import LONG, SLOW, arrivals, held_back
from wirecheck.areas.chat.pools import every_stream
from wirecheck.areas.chat.probes import streaming
from wirecheck.areas.chat.probes.chat import Repeated
from wirecheck.areas.chat.reading import read, says_nothing
from wirecheck.areas.chat.sameness import differences
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Violations, requirement


@requirement("stream.accept", on=streaming.accepting_json, feature="streaming")
def streams_whatever_is_accepted(answer: Exchange) -> Violations:
    """`stream: true` with `Accept: application/json`, which SDKs send, MUST be answered with a stream."""
    if answer_or_unseen(answer).status != 200:
        yield f"answered with {answer.status}; 200 is required"
    elif answer.media_type == "application/json":
        yield "answered with application/json"


# --- shape


@requirement("stream.chunk-shape", on=every_stream, feature="streaming")
def shapes_its_chunks(answer: Exchange) -> Violations:
    """Each chunk MUST follow the schema ChatCompletionChunk."""
    beside = {number for number, value in answer.objects if says_nothing(value)}
    for each in [found for found in shape.breaks(answer, "chunk") if found.event not in beside][:3]:
        yield str(each)


@requirement("stream.choice-index", on=every_stream, feature="streaming")
def counts_choices_from_zero(answer: Exchange) -> Violations:
    """The `index` of a choice MUST be that of the choice, 0 where one was asked for: it counts no chunks."""
    body = answer.request.json
    most = max(whole_number(at(body, "n")) or 1, 1)
    found = [
        (number, whole_number(at(item, "index")))
        for number, value in answer.objects
        for item in items(value, "choices")
    ]
    wrong = [(number, index) for number, index in found if index is not None and not 0 <= index < most]
    for number, index in wrong[:1]:
        yield f"event {number} has a choice with index {index}, and n is {most}"


# --- order


def _alone(answer: Exchange) -> None:
    """Raises `Unseen` for several choices: `chat.n-stream` judges them, where the server has them."""
    if len(read(answer).choices) > 1:
        raise Unseen("no stream of one choice")


def _breaches(answer: Exchange, rule: Rule) -> Violations:
    for breach in [each for each in breaches(answer) if each.rule == rule][:3]:
        yield breach.message


@requirement("stream.role-first", on=every_stream, feature="streaming")
def begins_with_the_role(answer: Exchange) -> Violations:
    """The first delta of each choice MUST hold the role `assistant`."""
    _alone(answer)
    yield from _breaches(answer, "role first")


@requirement("stream.finish-alone", on=every_stream, feature="streaming")
def finishes_with_an_empty_delta(answer: Exchange) -> Violations:
    """The chunk with the `finish_reason` SHOULD have an empty delta."""
    for number, value in answer.objects:
        for item in items(value, "choices"):
            delta = at(item, "delta")
            # A role that is said again is no news.
            news = [name for name, part in delta.items() if part and name != "role"] if isinstance(delta, dict) else []
            if news and finishes(at(item, "finish_reason")):
                yield f"event {number} holds the finish_reason and {news[0]} {delta[news[0]]!r}"[:200]


# --- sync equals stream


@requirement("stream.same-text", on=streaming.repeated, feature="streaming")
def streams_the_same_text(seen: Repeated) -> Violations:
    """The joined deltas MUST be the text of the same request without a stream, where the model says it the same way
    each time.
    """
    yield from differences(seen)


# --- time


@requirement("stream.as-produced", on=streaming.slow, feature="streaming")
def sends_as_it_produces(answer: Exchange) -> Violations:
    """Events SHOULD be sent as they are produced: the later half of a stream not all at once, after a wait."""
    came = arrivals(answer)
    if len(came) < LONG:
        raise Unseen("no long stream was seen")
    if came[-1] < SLOW:
        raise Unseen(f"the stream was over in {came[-1] * 1000:.0f} ms: too fast to see (a slow_model can be named)")
    if said := held_back(answer):
        yield said
