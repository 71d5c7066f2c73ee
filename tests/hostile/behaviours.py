"""Servers that nobody should meet: each breaks a client in a way of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from tests.hostile.talk import MODEL, Behaviour, Talk

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
