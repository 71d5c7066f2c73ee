"""ASGI apps around the server that change its answers but for streams. Knows no operation and no particular fault."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from starlette.types import ASGIApp, Message

from wirecheck_reference.faults.kinds.exchange import (
    Change,
    is_stream,
    messages_of,
    pairs_of,
    run_beside,
    texts_of,
)
from wirecheck_reference.faults.kinds.parts import Answer, Event, Keys, Request
from wirecheck_reference.faults.kinds.streams import change_events


def change_answer(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of its answers that are no streams."""

    async def outgoing(sent: AsyncIterator[Message], request: Request) -> AsyncIterator[Message]:
        start = await anext(sent, None)
        if start is None:
            return
        if is_stream(start):
            yield start
            async for message in sent:
                yield message
            return
        body = b"".join([message.get("body", b"") async for message in sent])
        whole = Answer(request, start["status"], texts_of(start), body)
        for message in messages_of(change(whole) or whole):
            yield message

    return run_beside(app, outgoing, keys)


def change_document(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of the JSON objects that it answers with 200."""

    def changed(whole: Answer) -> None:
        document = whole.document
        if whole.status == 200 and isinstance(document, dict):
            result = change(document)
            whole.document = document if result is None else result

    return change_answer(changed, app, keys)


def change_documents(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, one change of the JSON objects that it answers with 200, and of those that it streams."""

    async def chunks(sent: AsyncIterator[Event]) -> AsyncIterator[Event]:
        async for event in sent:
            if isinstance(event, dict) and "error" not in event:
                result = change(event)
                yield event if result is None else result
            else:
                yield event

    return change_events(chunks, change_document(change, app, keys), keys)


def change_error(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of its errors."""

    def changed(whole: Answer) -> None:
        document: Any = whole.document
        if whole.status >= 400 and isinstance(document, dict) and "error" in document:
            result = change(document, whole)
            whole.document = document if result is None else result

    return change_answer(changed, app, keys)


def change_head(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of status and headers, of streams too."""

    async def outgoing(sent: AsyncIterator[Message], request: Request) -> AsyncIterator[Message]:
        async for message in sent:
            if message["type"] == "http.response.start":
                whole = Answer(request, message["status"], texts_of(message))
                change(whole)
                yield {**message, "status": whole.status, "headers": pairs_of(whole.headers)}
            else:
                yield message

    return run_beside(app, outgoing, keys)
