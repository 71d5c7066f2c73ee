"""Streams that do not end as they should: after `[DONE]`, once, and whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Message

from wirecheck_reference.faults.kinds.fault import DONE, on_bytes, on_events, on_messages
from wirecheck_reference.faults.kinds.parts import Event


@on_bytes(at="createChatCompletion", breaks=("stream.done",), rows=("SSE-01",))
async def writes_done_in_small_letters(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends its streams with `data: [done]`."""
    async for piece in pieces:
        yield piece.replace(b"data: [DONE]", b"data: [done]")


@on_events(at="createChatCompletion", breaks=("stream.chunk-shape",))
async def gives_up_in_a_form_of_its_own(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends long streams with an error that is no envelope."""
    count = 0
    async for event in events:
        count += 1
        if count == 40 and isinstance(event, dict):
            yield {"object": "error", "created": event["created"], "detail": "Internal Server Error"}
            return
        yield event


@on_events(at="createChatCompletion", breaks=("stream.done",), rows=("SSE-01",))
async def never_says_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams without `data: [DONE]`."""
    async for event in events:
        if event != DONE:
            yield event


@on_events(at="createChatCompletion", breaks=("stream.done-once",), rows=("SSE-02",))
async def says_done_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams with two `[DONE]`."""
    async for event in events:
        yield event
    yield DONE


@on_events(at="createChatCompletion", breaks=("stream.done-last",))
async def speaks_after_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a chunk after `[DONE]`."""
    last: Any = None
    async for event in events:
        yield event
        if event == DONE and last:
            yield {**last, "choices": []}
        last = {name: value for name, value in event.items() if name != "usage"} if isinstance(event, dict) else None


@on_messages(at="createChatCompletion", breaks=("stream.ends",), rows=("SSE-03",))
async def never_hangs_up(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Leaves the body of a stream open after `[DONE]`."""
    async for message in messages:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await asyncio.sleep(60)
        yield message
