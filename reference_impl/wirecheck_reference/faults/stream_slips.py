"""Streams with smaller slips: their last word, their pings, their indexes, what they hold back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Message

from wirecheck_reference.faults.fault import on_bytes, on_events, on_messages
from wirecheck_reference.faults.parts import Event


@on_bytes(breaks=("stream.done",), rows=("SSE-01",))
async def writes_done_in_small_letters(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends its streams with `data: [done]`."""
    async for piece in pieces:
        yield piece.replace(b"data: [DONE]", b"data: [done]")


@on_bytes(breaks=("stream.no-empty-event",), rows=("SSE-09",))
async def pings_between_numbered_events(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Gives its events ids, and keeps the connection open with comments between them."""
    async for piece in pieces:
        yield b"id: 1\n" + piece + b": ping\n\n" if piece.startswith(b"data") else piece


@on_messages(breaks=("stream.as-produced",), rows=("SSE-20",))
async def holds_all_but_the_first_back(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends the first event of a stream at once, and the rest in one piece when it is whole."""
    for _ in range(2):
        yield await anext(messages)
    held = [message async for message in messages]
    for message in held:
        yield message


@on_events(breaks=("stream.chunk-shape",))
async def tells_no_choice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the index out of the choices of its chunks."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            del choice["index"]
        yield event


@on_events(breaks=("stream.chunk-shape",))
async def gives_up_in_a_form_of_its_own(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends long streams with an error that is no envelope."""
    count = 0
    async for event in events:
        count += 1
        if count == 40:
            yield {"detail": "Internal Server Error"}
            return
        yield event


@on_events(breaks=("stream.same-text",), rows=("SYN-04",))
async def shows_the_end_of_its_turn(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Streams the mark that ends a turn as a part of the text, where the text is not ASCII."""
    foreign = False
    async for event in events:
        choice = event["choices"][0] if isinstance(event, dict) and event.get("choices") else {}
        foreign = foreign or ("日" in (choice.get("delta", {}).get("content") or "") and not choice["logprobs"])
        if foreign and choice.get("finish_reason"):
            yield {**event, "choices": [{**choice, "delta": {"content": "<|im_end|>"}, "finish_reason": None}]}
        yield event
