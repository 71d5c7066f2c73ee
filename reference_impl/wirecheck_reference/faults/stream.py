"""Streams gone wrong: their events, order, bytes and timing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.types import Message

from wirecheck_reference.faults.fault import DONE, on_bytes, on_events, on_messages, on_receive
from wirecheck_reference.faults.parts import Event


@on_events(breaks=("stream.done",), rows=("SSE-01",))
async def never_says_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams without `data: [DONE]`."""
    async for event in events:
        if event != DONE:
            yield event


@on_events(breaks=("stream.done-once",), rows=("SSE-02",))
async def says_done_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams with two `[DONE]`."""
    async for event in events:
        yield event
    yield DONE


@on_events(breaks=("stream.one-id",), rows=("CHK-04",))
async def names_each_chunk_anew(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every chunk of a stream an id of its own."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "id": f"chatcmpl-{count}"} if isinstance(event, dict) else event


@on_events(breaks=("stream.finish-given",), rows=("FIN-02",))
async def never_finishes_a_choice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves out the chunk with the finish reason."""
    async for event in events:
        if not (isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ()))):
            yield event


@on_events(breaks=("stream.json",), rows=("SSE-08",))
async def sends_comments_as_data(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends what keeps the connection open as data."""
    yield b"data: : keep-alive\n\n"
    async for event in events:
        yield event


@on_bytes(breaks=("stream.space",), rows=("SSE-14",))
async def saves_the_space_after_data(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes `data:` without a space after it."""
    async for piece in pieces:
        yield piece.replace(b"data: ", b"data:")


@on_messages(breaks=("stream.as-produced",), rows=("SSE-20",))
async def holds_the_stream_back(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends a stream in one piece when it is whole."""
    held = [message async for message in messages]
    for message in held:
        yield message


@on_receive(breaks=("concurrency.leaving",), rows=("CON-01",))
async def works_on_for_nobody(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Goes on generating for clients that have left."""
    async for message in messages:
        if message["type"] != "http.disconnect":
            yield message
