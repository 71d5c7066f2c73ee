"""A server on a raw socket of loopback that does whatever a behaviour says. Knows no behaviour."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

KEY = "sk-hostile-secret-4711"
MODEL = "hostile"


@dataclass(frozen=True)
class Asked:
    """A request, as far as a hostile server cares."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def chat(self) -> bool:
        """Whether it asks for a chat completion."""
        return self.path.endswith("/chat/completions")

    @property
    def stream(self) -> bool:
        """Whether it asks for a stream."""
        return b'"stream": true' in self.body


@dataclass
class Talk:
    """One connection: what came, what is written, and who else was visited."""

    asked: Asked
    writer: asyncio.StreamWriter
    port: int
    visits: list[Asked] = field(default_factory=list)

    async def raw(self, data: bytes) -> None:
        """Writes bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes, status: int = 200, kind: str = "application/json", extra: str = "") -> None:
        """A whole HTTP answer."""
        head = f"HTTP/1.1 {status} Whatever\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{extra}"
        await self.raw(head.encode() + b"connection: close\r\n\r\n" + body)

    async def json(self, value: Any, status: int = 200) -> None:
        """A JSON answer."""
        await self.answer(json.dumps(value).encode(), status)

    async def chunks(self, parts: AsyncIterator[bytes], kind: str = "application/json") -> None:
        """A chunked answer."""
        await self.raw(f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n".encode())
        async for part in parts:
            await self.raw(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        await self.raw(b"0\r\n\r\n")

    async def polite(self) -> None:
        """What a good server answers, so that a run gets past its beginning."""
        if not self.asked.chat:
            model = {"id": MODEL, "object": "model", "created": 1, "owned_by": "nobody"}
            one = self.asked.path.rstrip("/").endswith(MODEL)
            await self.json(model if one else {"object": "list", "data": [model]})
            return
        message = {"role": "assistant", "content": "hello"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": MODEL}
        await self.json({**head, "choices": [choice], "usage": usage})


Behaviour = Callable[[Talk], Awaitable[None]]


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, body)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[tuple[str, list[Asked]]]:
    """A server on a free port in a thread of its own: its URL, and the requests it got."""
    visits: list[Asked] = []
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    port = 0

    # A loop holds its tasks weakly: one that waits for nothing would be collected.
    held: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.add(asyncio.current_task())
        try:
            asked = await _read(reader)
            visits.append(asked)
            await behaviour(Talk(asked, writer, port, visits))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            writer.close()

    async def main() -> None:
        nonlocal port
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**26)
        port = server.sockets[0].getsockname()[1]
        ready.set()
        try:
            await asyncio.Event().wait()
        finally:
            server.close()

    task = loop.create_task(main())
    thread = threading.Thread(target=_spin, args=(loop, task), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield f"http://127.0.0.1:{port}/v1", visits
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


def _spin(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        loop.run_until_complete(_let_go())
    finally:
        loop.close()


async def _let_go() -> None:
    own = asyncio.current_task()
    while left := [each for each in asyncio.all_tasks() if each is not own]:
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)
    # Transports let go of their sockets in the turns after the one in which they were closed.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
