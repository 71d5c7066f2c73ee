"""ASGI apps around the server that change its streams: events, bytes, or messages. Knows no particular fault."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from starlette.types import ASGIApp, Message

from wirecheck_reference.faults.kinds.exchange import EVENTS, STREAMS, Change, is_stream, run_beside
from wirecheck_reference.faults.kinds.parts import Keys, Request
from wirecheck_reference.faults.kinds.sse import framed, split


def change_events(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of its streams of events."""

    async def pieces(sent: AsyncIterator[Message]) -> AsyncIterator[Message]:
        async for event in change(split(_bodies(sent))):
            yield _piece(framed(event))
        yield {"type": "http.response.body", "body": b""}

    return _streams(app, EVENTS, pieces, keys)


def change_bytes(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of the bytes of its streams."""

    async def pieces(sent: AsyncIterator[Message]) -> AsyncIterator[Message]:
        async for piece in change(_bodies(sent)):
            yield _piece(piece)
        yield {"type": "http.response.body", "body": b""}

    return _streams(app, STREAMS, pieces, keys)


def change_messages(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of the messages of its streams, the first of them included."""

    async def outgoing(sent: AsyncIterator[Message], _: Request) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        rest = _after(start, sent)
        async for message in change(rest) if is_stream(start) else rest:
            yield message

    return run_beside(app, outgoing, keys)


def _streams(
    app: ASGIApp,
    media: str | tuple[str, ...],
    pieces: Callable[[AsyncIterator[Message]], AsyncIterator[Message]],
    keys: Keys,
) -> ASGIApp:
    """Around the app, other messages in place of those that follow the head of a stream."""

    async def outgoing(sent: AsyncIterator[Message], _: Request) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        yield start
        async for message in pieces(sent) if is_stream(start, media) else sent:
            yield message

    return run_beside(app, outgoing, keys)


async def _after(first: Message, rest: AsyncIterator[Message]) -> AsyncIterator[Message]:
    yield first
    async for message in rest:
        yield message


async def _bodies(sent: AsyncIterator[Message]) -> AsyncIterator[bytes]:
    async for message in sent:
        if message.get("body"):
            yield message["body"]


def _piece(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}
