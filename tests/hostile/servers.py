"""Servers that nobody should meet: each breaks a client in a way of its own. Raw sockets, loopback, one per test."""

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
BEHAVIOURS: dict[str, Behaviour] = {}


def _hostile(behaviour: Behaviour) -> Behaviour:
    BEHAVIOURS[getattr(behaviour, "__name__", "?")] = behaviour
    return behaviour


async def _for_ever(part: bytes, pause: float = 0.0) -> AsyncIterator[bytes]:
    while True:
        yield part
        await asyncio.sleep(pause)


@_hostile
async def says_nothing(talk: Talk) -> None:
    """Takes the request and keeps still."""
    await asyncio.Event().wait()


@_hostile
async def hangs_up(talk: Talk) -> None:
    """Closes at once."""


@_hostile
async def speaks_another_protocol(talk: Talk) -> None:
    """Is no HTTP server at all."""
    await talk.raw(b"SSH-2.0-OpenSSH_9.2\r\n\x00\x01\x02 what is this\r\n")


@_hostile
async def drips_headers(talk: Talk) -> None:
    """A header that never ends, byte by byte."""
    await talk.raw(b"HTTP/1.1 200 OK\r\nx-endless: ")
    async for part in _for_ever(b"a", 0.02):
        await talk.raw(part)


@_hostile
async def continues_for_ever(talk: Talk) -> None:
    """100 Continue without end."""
    async for part in _for_ever(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01):
        await talk.raw(part)


@_hostile
async def sends_huge_headers(talk: Talk) -> None:
    """A megabyte of headers."""
    await talk.answer(b"{}", extra="".join(f"x-{n}: {'a' * 1000}\r\n" for n in range(1000)))


@_hostile
async def redirects_elsewhere(talk: Talk) -> None:
    """Sends everybody to another host."""
    await talk.answer(b"", 307, extra=f"location: http://localhost:{talk.port}/stolen\r\n")


@_hostile
async def redirects_chat_elsewhere(talk: Talk) -> None:
    """Sends only chats to another host."""
    if talk.asked.chat:
        await redirects_elsewhere(talk)
    else:
        await talk.polite()


@_hostile
async def sends_a_gigabyte(talk: Talk) -> None:
    """A body of a gigabyte, as fast as it is read."""
    await talk.raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1073741824\r\n\r\n")
    for _ in range(16384):
        await talk.raw(b" " * 65536)


@_hostile
async def chats_without_end(talk: Talk) -> None:
    """Good until a chat is asked for, then an endless body."""
    if talk.asked.chat:
        await talk.chunks(_for_ever(b" " * 4096))
    else:
        await talk.polite()


@_hostile
async def streams_without_end(talk: Talk) -> None:
    """Good until a stream is asked for, then chunks for ever."""
    if not talk.asked.stream:
        await talk.polite()
        return
    delta = {"index": 0, "delta": {"content": "la "}, "finish_reason": None}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [delta]}
    await talk.chunks(_for_ever(b"data: " + json.dumps(chunk).encode() + b"\n\n", 0.001), "text/event-stream")


@_hostile
async def falls_silent_in_streams(talk: Talk) -> None:
    """A stream that begins and never goes on."""
    if not talk.asked.stream:
        await talk.polite()
        return
    await talk.raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: soon\n\n")
    await asyncio.Event().wait()


@_hostile
async def breaks_in_the_middle(talk: Talk) -> None:
    """Promises a body and resets the connection half way."""
    if not talk.asked.chat:
        await talk.polite()
        return
    await talk.raw(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"id": "')
    talk.writer.transport.abort()


@_hostile
async def nests_deep(talk: Talk) -> None:
    """JSON nested a hundred thousand deep."""
    await talk.answer(b"[" * 100_000 + b"]" * 100_000)


@_hostile
async def nests_deep_in_chats(talk: Talk) -> None:
    """The same, but only where a chat is asked for, in every place at once."""
    if not talk.asked.chat:
        await talk.polite()
    elif talk.asked.stream:
        await talk.answer(
            b"data: " + b'{"choices":' * 50_000 + b"1" + b"}" * 50_000 + b"\n\n", kind="text/event-stream"
        )
    else:
        await talk.answer(b'{"choices":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@_hostile
async def sends_no_utf8(talk: Talk) -> None:
    """JSON with bytes that are no text."""
    await talk.answer(b'{"object": "list", "data": [{"id": "\xff\xfe\x00"}]}')


@_hostile
async def sends_html(talk: Talk) -> None:
    """A login page for everything."""
    await talk.answer(b"<html><body>Sign in</body></html>", kind="text/html")


@_hostile
async def refuses_everybody(talk: Talk) -> None:
    """401 to all."""
    await talk.json({"error": {"message": "no", "type": "authentication_error", "param": None, "code": None}}, 401)


@_hostile
async def agrees_with_everything(talk: Talk) -> None:
    """200 with nonsense to all."""
    await talk.json({"ok": True})


@_hostile
async def fails_always(talk: Talk) -> None:
    """500 to all, with a trace."""
    await talk.answer(b"Traceback (most recent call last):\n  File 'x.py', line 1\n", 500, "text/plain")


@_hostile
async def is_empty(talk: Talk) -> None:
    """204 to all."""
    await talk.raw(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")


@_hostile
async def mixes_types(talk: Talk) -> None:
    """Every field is there, none has its type."""
    if not talk.asked.chat:
        await talk.json({"object": [], "data": [{"id": "hostile"}, {"id": 5}, None, [], "x"], "has_more": "yes"})
        return
    chaos: list[Any] = [None, 1, "x", [], {"index": [], "message": 7, "delta": [1], "finish_reason": {"a": 1}}]
    calls = [None, {"index": "0", "function": [1], "id": {}}, 7]
    chaos.append({"index": 0, "delta": {"tool_calls": calls, "content": 5}, "message": {"tool_calls": calls}})
    value = {"id": [1], "created": "now", "choices": chaos, "usage": [1], "error": None}
    if talk.asked.stream:
        events = b"".join(b"data: " + json.dumps(each).encode() + b"\n\n" for each in (value, None, 5, [value], "x"))
        await talk.answer(events + b"data: [DONE]\n\n", kind="text/event-stream")
    else:
        await talk.json(value)


@_hostile
async def writes_on_the_terminal(talk: Talk) -> None:
    """Escape sequences in every text."""
    evil = "\x1b[2J\x1b]0;owned\x07\x1b[31mred \u202e\u0000"
    if talk.asked.chat:
        await talk.json({"error": {"message": evil, "type": evil, "param": evil, "code": evil}}, 418)
    else:
        await talk.polite()


@_hostile
async def repeats_the_key(talk: Talk) -> None:
    """Echoes the headers, key and all, in its errors."""
    if talk.asked.chat:
        said = talk.asked.headers.get("authorization", "")
        await talk.json({"error": {"message": f"you sent {said}", "type": "x", "param": said, "code": None}}, 418)
    else:
        await talk.polite()


@_hostile
async def compresses_unasked(talk: Talk) -> None:
    """Compression for a client that asked for none."""
    await talk.answer(b"\x1f\x8b\x08\x00nonsense", extra="content-encoding: gzip\r\n")


@_hostile
async def counts_wrong(talk: Talk) -> None:
    """A Content-Length that is not the length, and one that is no number."""
    if talk.asked.chat:
        await talk.raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: minus one\r\n\r\n{}")
    else:
        await talk.polite()


@_hostile
async def dies_after_a_while(talk: Talk) -> None:
    """Serves its beginning, then hangs up on everybody for good."""
    if len(talk.visits) <= 10:
        await talk.polite()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, body)


@contextmanager
def running(name: str) -> Iterator[tuple[str, list[Asked]]]:
    """A hostile server on a free port in a thread of its own: its URL, and the requests it got."""
    visits: list[Asked] = []
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    port = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await _read(reader)
            visits.append(asked)
            await BEHAVIOURS[name](Talk(asked, writer, port, visits))
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
        loop.run_until_complete(_let_go(asyncio.all_tasks(loop)))
    finally:
        loop.close()


async def _let_go(left: set[asyncio.Task[Any]]) -> None:
    for each in left:
        each.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    # Transports let go of their sockets in the turns after the one in which they were closed.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
