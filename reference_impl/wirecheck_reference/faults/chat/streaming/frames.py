"""Streams that are wrong as bytes: lines, comments, marks, cut characters."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.kinds.fault import on_bytes, on_events
from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.faults.kinds.sse import framed

_THREE_BYTES: Final = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")


def _is_word(event: Event) -> bool:
    """Whether an event is a chunk with a word of the only choice, and nothing else."""
    choices = event.get("choices", []) if isinstance(event, dict) else []
    word: Any = choices[0]["delta"].get("content") if len(choices) == 1 else None
    is_word = isinstance(word, str) and word.startswith(" ") and word.strip().isalpha()
    return is_word and not choices[0].get("logprobs")


@on_bytes(at="createChatCompletion", breaks=("stream.no-empty-event",), rows=("SSE-09",))
async def pings_between_numbered_events(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Gives its events ids, and keeps the connection open with comments between them."""
    async for piece in pieces:
        yield b"id: 1\n" + piece + b": ping\n\n" if piece.startswith(b"data") else piece


@on_events(at="createChatCompletion", breaks=("stream.json",), rows=("SSE-08",))
async def sends_comments_as_data(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends what keeps the connection open as data."""
    yield b"data: : keep-alive\n\n"
    async for event in events:
        yield event


@on_bytes(at="createChatCompletion", breaks=("stream.space",), rows=("SSE-14",))
async def saves_the_space_after_data(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes `data:` without a space after it."""
    async for piece in pieces:
        yield piece.replace(b"data: ", b"data:")


@on_events(at="createChatCompletion", breaks=("stream.lines",), rows=("SSE-05",))
async def writes_lines_of_its_own(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes JSON into the stream without framing it."""
    yield b'{"note": "not framed"}\n\n'
    async for event in events:
        yield event


@on_events(at="createChatCompletion", breaks=("stream.utf8",))
async def comments_in_latin_1(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes comments that are not UTF-8."""
    yield b": caf\xe9\n\n"
    async for event in events:
        yield event


@on_bytes(at="createChatCompletion", breaks=("ndjson.lines", "stream.utf8"), rows=("SSE-21",))
async def cuts_characters(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Loses a byte of every third character of three bytes."""
    count = 0

    def cut(found: re.Match[bytes]) -> bytes:
        nonlocal count
        count += 1
        return found[0][:2] if count % 3 == 1 else found[0]

    async for piece in pieces:
        yield _THREE_BYTES.sub(cut, piece)


@on_bytes(at="createChatCompletion", breaks=("stream.bom",))
async def begins_with_a_mark(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Begins its event streams with a byte-order mark."""
    first = True
    async for piece in pieces:
        yield b"\xef\xbb\xbf" + piece if first and piece.startswith(b"data") else piece
        first = False


@on_events(at="createChatCompletion", breaks=("stream.json",), rows=("SSE-11",))
async def joins_words(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a word and the next one of the same choice as two data lines of one event."""
    held: Event | None = None
    async for event in events:
        if held is None:
            held = event if _is_word(event) else None
            if held is None:
                yield event
        elif _is_word(event):
            yield framed(held)[:-1] + framed(event)
            held = None
        else:
            yield held
            yield event
            held = None


@on_bytes(at="createChatCompletion", breaks=("stream.one-line",))
async def spreads_a_chunk_over_lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes a chunk over two data lines."""
    async for piece in pieces:
        yield piece.replace(b',"choices":', b',\ndata: "choices":') if piece.startswith(b"data") else piece


@on_bytes(at="createChatCompletion", breaks=("stream.one-value",), rows=("SSE-11",))
async def forgets_the_last_empty_line(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends the body right after `data: [DONE]`, without the empty line."""
    async for piece in pieces:
        yield piece.rstrip(b"\n") + b"\n" if piece.startswith(b"data: [DONE]") else piece


@on_events(at="createChatCompletion", breaks=("stream.no-empty-event",), rows=("SSE-09",))
async def pings_with_empty_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Keeps the connection open with events that have no data."""
    yield b"event: ping\n\n"
    async for event in events:
        yield event
