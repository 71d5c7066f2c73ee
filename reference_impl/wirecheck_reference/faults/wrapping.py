"""ASGI apps around the server, one for each kind of fault. Knows what is on the wire, and no particular fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Final, TypeAlias

from pydantic_core import from_json
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.faults.parts import Answer, Asked, Event
from wirecheck_reference.faults.sse import framed, split
from wirecheck_reference.http.inbound import Inbound

Outgoing: TypeAlias = Callable[[AsyncIterator[Message], Asked], AsyncIterator[Message]]
_STREAMS: Final = ("text/event-stream", "application/x-ndjson")


def request(change: Callable[[Asked], Answer | None], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of what it is asked."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = await asked_of(scope, receive)
        was = asked.body
        before = from_json(asked.raw) if was is not None else None
        answer = change(asked)
        if answer is not None:
            await _send(answer, send)
            return
        raw = asked.raw if asked.body == before else _encoded(asked.body)
        asked.headers["content-length"] = str(len(raw))
        headers = [(name.encode(), value.encode("latin-1")) for name, value in asked.headers.items()]
        scope = {**scope, "method": asked.method, "path": asked.path, "headers": headers}
        Inbound.of(scope).headers = dict(headers)
        await app(scope, replay(raw, receive), send)

    return wrapped


def answer(change: Callable[[Answer], Answer | None], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of its answers that are no streams."""

    async def outgoing(sent: AsyncIterator[Message], asked: Asked) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        if _is_stream(start):
            yield start
            async for message in sent:
                yield message
            return
        body = b"".join([message.get("body", b"") async for message in sent])
        whole = Answer(asked, start["status"], _texts(start), body)
        for message in _messages(change(whole) or whole):
            yield message

    return _around(app, outgoing)


def completion(change: Callable[[dict[str, Any]], Any], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of its chat completions."""

    def changed(whole: Answer) -> None:
        document = whole.document
        if whole.status == 200 and isinstance(document, dict) and document.get("object") == "chat.completion":
            result = change(document)
            whole.document = document if result is None else result

    return answer(changed, app)


def documents(change: Callable[[dict[str, Any]], Any], app: ASGIApp) -> ASGIApp:
    """Around the app, one change of its chat completions and of its chunks."""

    async def chunks(sent: AsyncIterator[Event]) -> AsyncIterator[Event]:
        async for event in sent:
            if isinstance(event, dict) and "choices" in event:
                result = change(event)
                yield event if result is None else result
            else:
                yield event

    return events(chunks, completion(change, app))


def error(change: Callable[[dict[str, Any], Answer], Any], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of its errors."""

    def changed(whole: Answer) -> None:
        document = whole.document
        if whole.status >= 400 and isinstance(document, dict) and "error" in document:
            result = change(document, whole)
            whole.document = document if result is None else result

    return answer(changed, app)


def head(change: Callable[[Answer], None], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of status and headers."""

    async def outgoing(sent: AsyncIterator[Message], asked: Asked) -> AsyncIterator[Message]:
        async for message in sent:
            if message["type"] == "http.response.start":
                whole = Answer(asked, message["status"], _texts(message))
                change(whole)
                yield {**message, "status": whole.status, "headers": _pairs(whole.headers)}
            else:
                yield message

    return _around(app, outgoing)


def events(change: Callable[[AsyncIterator[Event]], AsyncIterator[Event]], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of its streams of events."""

    async def outgoing(sent: AsyncIterator[Message], _: Asked) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        yield start
        if not _is_stream(start, _STREAMS[:1]):
            async for message in sent:
                yield message
            return
        async for event in change(split(_bodies(sent))):
            yield _piece(framed(event))
        yield {"type": "http.response.body", "body": b""}

    return _around(app, outgoing)


def stream_bytes(change: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of the bytes of its streams."""

    async def outgoing(sent: AsyncIterator[Message], _: Asked) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        yield start
        if not _is_stream(start):
            async for message in sent:
                yield message
            return
        async for piece in change(_bodies(sent)):
            yield _piece(piece)
        yield {"type": "http.response.body", "body": b""}

    return _around(app, outgoing)


def messages(change: Callable[[AsyncIterator[Message]], AsyncIterator[Message]], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of the messages of its streams."""

    async def outgoing(sent: AsyncIterator[Message], _: Asked) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        rest = _after(start, sent)
        async for message in change(rest) if _is_stream(start) else rest:
            yield message

    return _around(app, outgoing)


def receive(change: Callable[[AsyncIterator[Message]], AsyncIterator[Message]], app: ASGIApp) -> ASGIApp:
    """Around the app, a change of the messages that it receives."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def received() -> AsyncIterator[Message]:
            while (message := await receive())["type"] != "http.disconnect":
                yield message
            yield message

        changed = change(received())

        async def changed_receive() -> Message:
            async for message in changed:
                return message
            # Nothing more is to be heard: whoever listens waits until it is cancelled.
            forever: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
            return await forever

        await app(scope, changed_receive, send)

    return wrapped


def _around(app: ASGIApp, outgoing: Outgoing) -> ASGIApp:
    """Runs the app beside what turns its messages (none, where its client left) into those on the wire."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = await asked_of(scope, receive)
        queue: asyncio.Queue[Message | None] = asyncio.Queue(maxsize=1)

        async def work() -> None:
            try:
                await app(scope, replay(asked.raw, receive), queue.put)
            finally:
                await queue.put(None)

        async def sent() -> AsyncIterator[Message]:
            while (message := await queue.get()) is not None:
                yield message

        worker = asyncio.create_task(work())
        try:
            async for message in outgoing(sent(), asked):
                await send(message)
            while not worker.done() and await queue.get() is not None:
                continue
            await worker
        finally:
            worker.cancel()

    return wrapped


async def asked_of(scope: Scope, receive: Receive) -> Asked:
    """The whole request."""
    pieces = []
    while (message := await receive())["type"] == "http.request":
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    raw = b"".join(pieces)
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
    body = None
    with suppress(ValueError):
        body = from_json(raw, allow_inf_nan=False)
    return Asked(scope["method"], scope["path"], headers, raw, body)


def replay(raw: bytes, receive: Receive) -> Receive:
    """What hands the bytes of a request out once more, and then what comes after them."""
    waiting: list[Message] = [{"type": "http.request", "body": raw, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _after(first: Message, rest: AsyncIterator[Message]) -> AsyncIterator[Message]:
    yield first
    async for message in rest:
        yield message


async def _bodies(sent: AsyncIterator[Message]) -> AsyncIterator[bytes]:
    async for message in sent:
        if message.get("body"):
            yield message["body"]


async def _send(whole: Answer, send: Send) -> None:
    for message in _messages(whole):
        await send(message)


def _messages(whole: Answer) -> tuple[Message, Message]:
    headers = {**whole.headers, "content-length": str(len(whole.body))}
    start = {"type": "http.response.start", "status": whole.status, "headers": _pairs(headers)}
    return start, {"type": "http.response.body", "body": whole.body}


def _piece(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


def _is_stream(start: Message, media: tuple[str, ...] = _STREAMS) -> bool:
    return _texts(start).get("content-type", "").startswith(media)


def _texts(start: Message) -> dict[str, str]:
    return {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}


def _pairs(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]


def _encoded(document: Any) -> bytes:
    return document if isinstance(document, bytes) else framed(document)[len(b"data: ") : -2]
