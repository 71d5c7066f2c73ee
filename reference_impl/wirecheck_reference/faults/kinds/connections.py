"""ASGI apps around the server that give no answer: they hang up, or say nothing. Knows no particular fault."""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.faults.kinds.exchange import Change, read_request, replay
from wirecheck_reference.faults.kinds.parts import Keys


def hang_up(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a connection that closes without a word where the change says so."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        request, raw = await read_request(scope, receive, keys)
        if not change(request):
            await app(scope, replay(raw, receive), send)
            return
        # ASGI has no message for it: what receives is a method of uvicorn's request, which knows the transport.
        connection: Any = receive
        connection.__self__.transport.abort()
        await _wait_for_the_end(receive)

    return wrapped


def say_nothing(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a connection on which no answer comes where the change says so, until the client leaves."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        request, raw = await read_request(scope, receive, keys)
        if change(request):
            await _wait_for_the_end(receive)
        else:
            await app(scope, replay(raw, receive), send)

    return wrapped


async def _wait_for_the_end(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
