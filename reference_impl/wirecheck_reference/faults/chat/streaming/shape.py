"""Streams of chunks that are not what the contract calls a chunk, or not of one answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

from wirecheck_reference.faults.kinds.fault import on_events
from wirecheck_reference.faults.kinds.parts import Event


@on_events(at="createChatCompletion", breaks=("stream.chunk-shape",))
async def tells_no_choice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the index out of the choices of its chunks."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            del choice["index"]
        yield event


@on_events(at="createChatCompletion", breaks=("stream.one-id",), rows=("CHK-04",))
async def names_each_chunk_anew(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every chunk of a stream an id of its own."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "id": f"{event['id']}-{count}"} if isinstance(event, dict) and "id" in event else event


@on_events(at="createChatCompletion", breaks=("stream.chunk-shape",), rows=("CHK-08",))
async def calls_chunks_completions(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives chunks the object of another API."""
    async for event in events:
        yield {**event, "object": "text_completion"} if isinstance(event, dict) and "choices" in event else event


@on_events(at="createChatCompletion", breaks=("stream.one-model",))
async def changes_its_name(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Names the model otherwise from the second chunk on."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "model": "echo-2"} if count > 1 and isinstance(event, dict) and "model" in event else event


@on_events(at="createChatCompletion", breaks=("stream.one-created",))
async def dates_each_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives each chunk a time of its own."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "created": event["created"] + count} if isinstance(event, dict) and "id" in event else event


@on_events(at="createChatCompletion", breaks=("chat.n-stream", "stream.choice-index"), rows=("CHK-07",))
async def counts_choices_from_one(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives the first choice the index 1."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["index"] += 1
        yield event
