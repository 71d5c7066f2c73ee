"""The content of a file as an answer: whole, a part of it, or none. Knows no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.types import Receive, Scope, Send

from wirecheck_reference.http.leaving import Leaving
from wirecheck_reference.http.selection import Selection
from wirecheck_reference.store.contents import Content

# Bytes that are read at once: all that a download holds in memory.
_PIECE: Final = 256 * 1024

Headers = list[tuple[bytes, bytes]]


class Download:
    """Sends the selected bytes of a content, and closes it. A client that leaves ends the reading."""

    def __init__(self, content: Content, selection: Selection, tag: str, disposition: Callable[[], str]) -> None:
        self._content = content
        self._selection = selection
        self._tag = tag
        self._disposition = disposition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it; to HEAD what GET would be told of it."""
        try:
            start = {"type": "http.response.start", "status": self._selection.status, "headers": self._headers()}
            async with Leaving(receive):
                await send(start)
                if scope["method"] != "HEAD":
                    await self._send_content(send)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._content.close()

    async def _send_content(self, send: Send) -> None:
        place, end = self._selection.start, self._selection.end
        while place < end:
            piece = await self._content.read(place, min(_PIECE, end - place))
            if not piece:
                raise OSError("the content is shorter than it was")
            place += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})

    def _headers(self) -> Headers:
        told: Headers = [(b"etag", self._tag.encode())]
        if self._selection.status == 304:
            return told
        start, end = self._selection.start, self._selection.end
        told += [
            (b"content-type", b"application/octet-stream"),
            (b"content-length", b"%d" % (end - start)),
            (b"content-disposition", self._disposition().encode("ascii")),
            (b"x-content-type-options", b"nosniff"),
            (b"accept-ranges", b"bytes"),
        ]
        if self._selection.status == 206:
            told.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, self._content.size)))
        return told
