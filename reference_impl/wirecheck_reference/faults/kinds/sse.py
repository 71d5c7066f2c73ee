"""The server's own events, apart and together again. Reads what this server writes, and no other's."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic_core import from_json, to_json

from wirecheck_reference.faults.kinds.parts import Event


async def split(pieces: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    """The events of a stream: documents parsed, `[DONE]` as a text."""
    rest = b""
    async for piece in pieces:
        *blocks, rest = (rest + piece).split(b"\n\n")
        for block in blocks:
            data = block.removeprefix(b"data: ")
            yield data.decode() if data == b"[DONE]" else from_json(data)


def framed(event: Event) -> bytes:
    """An event on the wire; bytes as they are."""
    if isinstance(event, bytes):
        return event
    data = event.encode() if isinstance(event, str) else to_json(event)
    return b"data: " + data + b"\n\n"
