"""uvicorn's HTTP protocol with the error envelope for what is no HTTP, and fewer writes. Knows no app."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id

# Bytes that may wait for the next turn of the loop: what is more goes out at once, so that a slow reader is noticed.
_MOST_WAITING: Final = 64 * 1024


class Gathering:
    """A transport that writes what it is given in one turn of the event loop as one piece.

    uvicorn writes head, body and each chunk by themselves: a system call each, and a packet that wakes the client.
    What an engine produces over time is written as it comes.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Writes the bytes before the next turn of the loop."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)
        self._size += len(data)
        if self._size > _MOST_WAITING:
            self._flush()

    def close(self) -> None:
        """Writes what waits, and closes."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        if self._waiting:
            waiting, self._waiting, self._size = self._waiting, [], 0
            # The client may have left since: nobody reads what waits.
            if not self._transport.is_closing():
                self._transport.write(b"".join(waiting))


def http_protocol(protocol: type[Any] = AutoHTTPProtocol) -> type[asyncio.Protocol]:
    """The class for uvicorn's `http`: built on the fastest protocol that is installed, unless one is given."""

    class Protocol(protocol):  # type: ignore[misc]  # which class it extends depends on what is installed
        def connection_made(self, transport: asyncio.Transport) -> None:
            """Begins, on a transport that gathers."""
            super().connection_made(Gathering(transport, self.loop))

        def send_400_response(self, msg: str) -> None:
            """Answers a request that is not HTTP, or whose method is none that HTTP knows, and hangs up."""
            request_id = new_id("req_")
            body = ApiError(400, "invalid_request", msg).body(request_id)
            head = (
                "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
                f"content-length: {len(body)}\r\nx-request-id: {request_id}\r\n"
                "x-process-time: 0.000000\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()

    return Protocol


Protocol = http_protocol()
"""The one that servers have."""
