"""A server of a few lines on loopback: each request goes to a function of the test. Knows HTTP's framing alone."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Visit:
    """One request, and the way to answer it in raw bytes. `gone` is set when the client closes the connection."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    _writer: asyncio.StreamWriter = field(repr=False)
    gone: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    async def raw(self, data: bytes) -> None:
        """Writes bytes as they are. Raises OSError where the client is gone."""
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self, body: bytes = b"{}", status: int = 200, *headers: str) -> None:
        """A whole answer; each header as a line."""
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", "connection: close", *headers, "", ""]
        await self.raw("\r\n".join(lines).encode("latin-1") + body)

    async def begin(self, *headers: str) -> None:
        """The head of a chunked answer."""
        await self.raw("\r\n".join(["HTTP/1.1 200 OK", "transfer-encoding: chunked", *headers, "", ""]).encode())

    async def chunk(self, data: bytes) -> None:
        """One chunk; an empty one ends the answer."""
        await self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")


Script = Callable[[Visit], Awaitable[None]]


@asynccontextmanager
async def serving(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[tuple[str, list[Visit]]]:
    """A server that runs the script for each request, and closes the connection behind it: its address, its visits."""
    visits: list[Visit] = []
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        try:
            visit = await _visit(reader, writer)
            visits.append(visit)
            watching = asyncio.create_task(_watch(reader, visit))
            try:
                await script(visit)
            finally:
                watching.cancel()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
            if task is not None:
                tasks.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}", visits
    finally:
        server.close()
        # A script ends when its client is gone; to cancel it would be logged as an error of the loop.
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=5)
            assert not left, "a script goes on after its client left"


async def _visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Visit:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    method, path, _ = first.split(" ")
    return Visit(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))), writer)


async def _watch(reader: asyncio.StreamReader, visit: Visit) -> None:
    try:
        await reader.read()
    except OSError:
        pass
    finally:
        visit.gone.set()
