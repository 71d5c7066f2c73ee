"""Newline-delimited JSON gone wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator

from wirecheck_reference.faults.kinds.fault import on_bytes


@on_bytes(at="createChatCompletion", breaks=("ndjson.lines",))
async def says_done_in_lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends its lines with `[DONE]`, as if they were events."""
    lines = False
    async for piece in pieces:
        lines = lines or piece.startswith(b"{")
        yield piece
    if lines:
        yield b"[DONE]\n"


@on_bytes(at="createChatCompletion", breaks=("ndjson.same-text",))
async def loses_a_line(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Loses the third line."""
    count = 0
    async for piece in pieces:
        count += piece.startswith(b"{")
        if count != 3 or not piece.startswith(b"{"):
            yield piece
