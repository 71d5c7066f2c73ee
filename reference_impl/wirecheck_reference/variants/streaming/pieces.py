"""Streams that come in other pieces, or at other times: TCP and HTTP promise no borders."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Message

from wirecheck_reference.faults.kinds.fault import DONE
from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.variants.kind import on_bytes, on_events, on_messages

_CHUNKED = "RFC 9112 section 7.1 (chunked transfer coding: chunks have no meaning of their own)"
_AUTHORS = "https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes (comments keep a line open)"


@on_bytes(_CHUNKED)
async def sends_each_byte_by_itself(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Sends streams byte by byte."""
    async for piece in pieces:
        for place in range(len(piece)):
            yield piece[place : place + 1]


@on_bytes(_CHUNKED)
async def cuts_every_seven_bytes(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Sends streams in pieces of seven bytes, whatever character or event that cuts, each in its own packet."""
    count = 0
    async for piece in pieces:
        for place in range(0, len(piece), 7):
            yield piece[place : place + 7]
            count += 1
            if count <= 40:  # Time for the packet to leave; seldom, since each waits for the loop.
                await asyncio.sleep(0.001)


@on_bytes(_CHUNKED)
async def joins_events(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Sends three events in one piece."""
    held: list[bytes] = []
    async for piece in pieces:
        held.append(piece)
        if len(held) == 3:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


@on_bytes(_CHUNKED)
async def sends_half_events(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Sends the second half of each event with the first half of the next."""
    held = b""
    async for piece in pieces:
        middle = len(piece) // 2
        yield held + piece[:middle]
        held = piece[middle:]
    yield held


@on_messages("RFC 9112 section 6.3 (a body may end with the connection's)")
async def ends_streams_with_the_connection(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Closes the connection after each stream, and says so."""
    async for message in messages:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        yield message


@on_messages("RFC 9112 section 7.1 (the last chunk may come by itself)")
async def ends_the_body_a_little_later(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Ends the body some hundredths of a second after its last event."""
    async for message in messages:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await asyncio.sleep(0.05)
        yield message


@on_events(_AUTHORS)
async def thinks_before_it_says_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `[DONE]` a while after the finish, and comments until then."""
    async for event in events:
        if event == DONE:
            for _ in range(6):
                yield b": still here\n\n"
                await asyncio.sleep(0.1)
        yield event


@on_events(_AUTHORS)
async def counts_before_it_says_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Takes a while between the finish and what follows it, the usage among it."""
    async for event in events:
        yield event
        if isinstance(event, dict) and any(choice.get("finish_reason") for choice in event.get("choices", ())):
            await asyncio.sleep(0.3)


@on_messages(_CHUNKED)
async def comes_in_a_rush(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends the whole of a short stream at once."""
    held = b""
    async for message in messages:
        if message["type"] == "http.response.start":
            yield message
            continue
        held += message.get("body", b"")
        if len(held) > 20_000 or not message.get("more_body"):
            yield {**message, "body": held}
            held = b""
