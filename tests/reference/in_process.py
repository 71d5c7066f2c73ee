"""Requests to an ASGI app without a socket, and what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.types import ASGIApp, Message

PATIENCE: Final = 3.0
# Seconds in which an app that is at work begins its answer, or uses this much of the processor.
WORK: Final = 0.3
AT_WORK: Final = 0.01
JSON: Final = {"content-type": "application/json"}


@dataclass
class Reply:
    """What came: nothing where `hung_up`, or where `silent`: the app waits for its client to leave.

    `open`: the answer had begun, and did not end in good time.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hung_up: bool = False
    silent: bool = False
    open: bool = False


class _Line:
    """The client's end of a connection, as far as an app sees it."""

    def __init__(self, body: bytes) -> None:
        self.transport = self  # Where a fault finds what it can abort.
        self.reply = Reply()
        self._waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self._begun = asyncio.Event()
        self._ended = asyncio.Event()

    def abort(self) -> None:
        """The app hangs up."""
        self.reply.hung_up = True
        self._begun.set()

    async def receive(self) -> Message:
        """The request; then that the client has left, once the answer is whole or nothing else is waited for."""
        if self._waiting:
            return self._waiting.pop()
        used = -AT_WORK
        while not self._begun.is_set() and time.process_time() - used >= AT_WORK:
            used = time.process_time()
            with suppress(TimeoutError):
                async with asyncio.timeout(WORK):
                    await self._begun.wait()
        if self.reply.status:
            await self._ended.wait()
        self.reply.silent = not self.reply.status and not self.reply.hung_up
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """A part of the answer."""
        if message["type"] == "http.response.start":
            self.reply.status = message["status"]
            self.reply.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            self._begun.set()
        else:
            self.reply.body += message.get("body", b"")
            if not message.get("more_body"):
                self._ended.set()


async def ask(
    app: ASGIApp, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Reply:
    """One request, and all that comes of it."""
    line = _Line(body)
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "http_version": "1.1",
    }
    try:
        async with asyncio.timeout(PATIENCE):
            await app(scope, line.receive, line.send)
    except TimeoutError:
        if not line.reply.status:
            raise
        line.reply.open = True
    return line.reply
