"""Streams that do not come as they are made."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.types import Message

from wirecheck_reference.faults.kinds.fault import on_messages


@on_messages(at="createChatCompletion", breaks=("stream.as-produced",), rows=("SSE-20",))
async def holds_all_but_the_first_back(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends the first event of a stream at once, and the rest in one piece when it is whole."""
    for _ in range(2):
        yield await anext(messages)
    held = [message async for message in messages]
    for message in held:
        yield message


@on_messages(at="createChatCompletion", breaks=("stream.as-produced",), rows=("SSE-20",))
async def holds_the_stream_back(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends a stream in one piece when it is whole."""
    held = [message async for message in messages]
    for message in held:
        yield message
