"""Requests that the server makes of itself: the same operations, without a socket. Knows no operation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog
from starlette.types import ASGIApp, Message

from wirecheck_reference.errors import internal_error
from wirecheck_reference.http.access import Caller
from wirecheck_reference.http.inbound import Inbound

_log = structlog.get_logger("wirecheck.server")
CALLER: Final = "caller"
"""What of a scope says who asks, where that is known: no client can say it."""


@dataclass(frozen=True, slots=True)
class Inner:
    """An answer: its status, the id of its request, and its body."""

    status: int
    request_id: str
    body: bytes


class Inside(Protocol):
    """An app whose operations answer by themselves, too."""

    @property
    def operations(self) -> ASGIApp:
        """They, without what is around them for those who ask from outside."""
        ...


async def ask(app: Inside, path: str, body: bytes, tenant: str, scopes: frozenset[str] | None) -> Inner:
    """What a POST of JSON comes to, by a caller who is let in with what scopes there are, and is not counted."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "app": app,
        CALLER: Caller(tenant, scopes),
    }
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    answered: list[bytes] = []
    status = 0

    async def receive() -> Message:
        if not parts:
            await asyncio.Future()  # Nobody leaves.
        return parts.pop()

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            answered.append(message.get("body", b""))

    request_id = Inbound.of(scope).request_id
    try:
        await app.operations(scope, receive, send)
    except Exception:  # noqa: BLE001  # logged, and answered as the outermost layer would
        _log.exception("failed", request_id=request_id, path=path)
        return Inner(500, request_id, internal_error().body(request_id))
    return Inner(status, request_id, b"".join(answered))
