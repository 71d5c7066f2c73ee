"""Streams of completions that are wrong as any stream may be: how they are labelled, ordered, counted and ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.completions.reading import choices_of, wants_stream
from wirecheck_reference.faults.kinds.fault import DONE, on_events, on_headers, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


@on_events(at="createCompletion", breaks=("stream.done",), rows=("SSE-01",))
async def ends_completions_without_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends streams of completions without `data: [DONE]`."""
    async for event in events:
        if event != DONE:
            yield event


@on_headers(at="createCompletion", breaks=("stream.no-cache",))
def lets_proxies_keep_completions(answer: Answer) -> None:
    """Says nothing of caches in the headers of streams of completions."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers.pop("cache-control", None)


@on_events(at="createCompletion", breaks=("stream.finish-once",))
async def finishes_completions_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the chunk that finishes a completion twice."""
    async for event in events:
        yield event
        if any(choice["finish_reason"] for choice in choices_of(event)):
            yield event


@on_events(at="createCompletion", breaks=("stream.finish-last",))
async def says_the_last_word_too_late(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the last piece of a completion behind its `finish_reason`."""
    held: dict[int, Event] = {}
    async for event in events:
        (choice,) = choices_of(event) or [{}]
        if choice and not choice["finish_reason"]:
            before = held.get(choice["index"])
            held[choice["index"]] = {**event, "choices": [choice]} if isinstance(event, dict) else event
            if before is not None:
                yield before
            continue
        yield event
        if choice and choice["index"] in held:
            yield held.pop(choice["index"])


@on_events(at="createCompletion", breaks=("stream.finish-given",))
async def leaves_a_completion_open(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Never finishes a completion that is alone in its stream."""
    last: Any = None
    async for event in events:
        choices = choices_of(event)
        last = last if last == "several" or not choices else choices[0]["index"] and "several"
        if last != "several" and choices and choices[0]["finish_reason"]:
            choices[0]["finish_reason"] = None
        yield event


@on_events(at="createCompletion", breaks=("completions.usage-stream",), rows=("USG-02",))
async def counts_completions_in_every_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends usage with every chunk of a completion where it was asked for once."""
    async for event in events:
        if isinstance(event, dict) and event.get("usage", 0) is None:
            event["usage"] = {"prompt_tokens": 1, "completion_tokens": 0, "total_tokens": 1}
        yield event


@on_events(at="createCompletion", breaks=("completions.usage-stream",))
async def counts_completions_with_their_end(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the usage in the last chunk that has a choice, and none without."""
    held: Any = None
    async for event in events:
        if isinstance(event, dict) and event.get("usage") and held:
            held["usage"] = event["usage"]
            continue
        if held:
            yield held
            held = None
        if any(choice["finish_reason"] for choice in choices_of(event)):
            held = event
        else:
            yield event
    if held:
        yield held


@on_request(at="createCompletion", breaks=("completions.usage-unasked",))
def counts_completions_unasked(request: Request) -> None:
    """Sends usage in streams of completions to those who did not ask, too."""
    if wants_stream(request) and not request.has("stream_options"):
        request.body["stream_options"] = {"include_usage": True}


@on_events(at="createCompletion", breaks=("completions.usage-equal",), rows=("USG-05",))
async def counts_streamed_completions_otherwise(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Counts one token more in streams of completions."""
    async for event in events:
        if isinstance(event, dict) and (usage := event.get("usage")):
            usage.update(completion_tokens=usage["completion_tokens"] + 1, total_tokens=usage["total_tokens"] + 1)
        yield event


@on_events(at="createCompletion", breaks=("completions.failure",), rows=("SSE-07",))
async def swallows_failures_of_completions(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends a stream of completions whose model failed as if it were whole."""
    async for event in events:
        yield DONE if isinstance(event, dict) and "error" in event else event


@on_events(at="createCompletion", breaks=("completions.failure",), rows=("SSE-04",))
async def continues_after_an_error(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends another chunk of a completion after the error that ended its stream."""
    last: Any = None
    async for event in events:
        yield event
        if isinstance(event, dict) and "error" in event and last:
            yield last
        last = event
