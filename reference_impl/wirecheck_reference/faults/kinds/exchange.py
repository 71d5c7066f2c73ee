"""An exchange in ASGI messages: the request read whole, and the app run beside what turns its answer into another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Final, TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.faults.kinds.bodies import depth_of, read_body, read_form
from wirecheck_reference.faults.kinds.operations import find_operation
from wirecheck_reference.faults.kinds.parts import Answer, Keys, Request

Change: TypeAlias = Callable[..., Any]
Outgoing: TypeAlias = Callable[[AsyncIterator[Message], Request], AsyncIterator[Message]]
EVENTS: Final = "text/event-stream"
STREAMS: Final = (EVENTS, "application/x-ndjson")


async def read_request(scope: Scope, receive: Receive, keys: Keys) -> tuple[Request, bytes]:
    """The whole request, and the bytes of its body."""
    pieces = []
    while (message := await receive())["type"] == "http.request":
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    raw = b"".join(pieces)
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
    request = Request(scope["method"], scope["path"], headers, count_depth=lambda: depth_of(raw))
    request.keys, request.narrow_keys, request.revoked_keys = keys
    host, port = scope.get("client") or ("", 0)
    request.connection = (host, port)
    request.query = scope["query_string"]
    request.read_form = lambda: read_form(raw, headers.get("content-type", ""))
    operation = find_operation(request.method, request.path)
    request.parameters = operation.parameters if operation else {}
    try:
        request.body = read_body(raw)
    except ValueError:
        request.malformed = True
    return request, raw


def replay(raw: bytes, receive: Receive) -> Receive:
    """What hands the bytes of a request out once more, and then what comes after them."""
    waiting: list[Message] = [{"type": "http.request", "body": raw, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def run_beside(app: ASGIApp, outgoing: Outgoing, keys: Keys) -> ASGIApp:
    """Runs the app beside what turns its messages (none, where its client left) into those on the wire."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        request, raw = await read_request(scope, receive, keys)
        queue: asyncio.Queue[Message | None] = asyncio.Queue(maxsize=1)

        async def work() -> None:
            try:
                await app(scope, replay(raw, receive), queue.put)
            finally:
                await queue.put(None)

        async def sent() -> AsyncIterator[Message]:
            while (message := await queue.get()) is not None:
                yield message

        worker = asyncio.create_task(work())
        try:
            async for message in outgoing(sent(), request):
                await send(message)
            while not worker.done() and await queue.get() is not None:
                continue
            await worker
        finally:
            worker.cancel()

    return wrapped


async def send_answer(answer: Answer, send: Send) -> None:
    """Sends an answer whole."""
    for message in messages_of(answer):
        await send(message)


def messages_of(answer: Answer) -> tuple[Message, Message]:
    """An answer as the messages that send it."""
    headers = dict(answer.headers)
    # HEAD is told the length of what GET would send.
    if answer.request.method != "HEAD":
        headers["content-length"] = str(len(answer.body))
    start = {"type": "http.response.start", "status": answer.status, "headers": pairs_of(headers)}
    return start, {"type": "http.response.body", "body": answer.body}


def is_stream(start: Message, media: str | tuple[str, ...] = STREAMS) -> bool:
    """Whether the answer that begins so is a stream."""
    return texts_of(start).get("content-type", "").startswith(media)


def texts_of(start: Message) -> dict[str, str]:
    """The headers of an answer as text, their names in lower case."""
    return {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}


def pairs_of(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
