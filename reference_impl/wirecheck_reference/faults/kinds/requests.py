"""ASGI apps around the server that change what it is asked. Knows what is on the wire, and no particular fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.faults.kinds.bodies import read_body, write_body
from wirecheck_reference.faults.kinds.exchange import Change, pairs_of, read_request, replay, send_answer
from wirecheck_reference.faults.kinds.parts import Keys
from wirecheck_reference.http.inbound import Inbound


def change_request(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of what it is asked; where the change gives an answer, that is sent instead."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        request, raw = await read_request(scope, receive, keys)
        answer = change(request)
        if answer is not None:
            await send_answer(answer, send)
            return
        # What was not changed goes on as it came, byte by byte.
        changed = not request.malformed and request.body != read_body(raw)
        sent = write_body(request.body) if changed else raw
        request.headers["content-length"] = str(len(sent))
        headers = pairs_of(request.headers)
        scope = {**scope, "method": request.method, "path": request.path, "headers": headers}
        scope["query_string"] = request.query
        Inbound.of(scope).headers = dict(headers)
        await app(scope, replay(sent, receive), send)

    return wrapped


def change_receiving(change: Change, app: ASGIApp, _: Keys) -> ASGIApp:
    """Around the app, a change of the messages that it receives."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> AsyncIterator[Message]:
            while (message := await receive())["type"] != "http.disconnect":
                yield message
            yield message

        changed: AsyncIterator[Message] = change(received())

        async def changed_receive() -> Message:
            async for message in changed:
                return message
            # Nothing more is to be heard: whoever listens waits until it is cancelled.
            forever: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
            return await forever

        await app(scope, changed_receive, send)

    return wrapped
