"""An ASGI app around the server that closes connections in place of answering. Knows no particular fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.faults.parts import Asked
from wirecheck_reference.faults.wrapping import asked_of, replay


def hang_up(change: Callable[[Asked], bool], app: ASGIApp) -> ASGIApp:
    """Around the app, a connection that closes without a word where the change says so."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = await asked_of(scope, receive)
        if not change(asked):
            await app(scope, replay(asked.raw, receive), send)
            return
        # ASGI has no message for it: what receives is a method of uvicorn's request, which knows the transport.
        request: Any = receive
        request.__self__.transport.abort()
        while (await receive())["type"] != "http.disconnect":
            continue

    return wrapped
