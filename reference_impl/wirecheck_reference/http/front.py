"""The outermost layer: request ids, timing, CORS, the access log, and the last net for failures. Knows no route."""

from __future__ import annotations

from time import perf_counter

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.errors import internal_error
from wirecheck_reference.http.cors import is_preflight, origin_headers, preflight_headers
from wirecheck_reference.http.inbound import Inbound

_log = structlog.get_logger("wirecheck.access")


class Front:
    """Wraps an ASGI app; `logs` says whether each request is logged."""

    def __init__(self, app: ASGIApp, *, logs: bool) -> None:
        self._app = app
        self._logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds `x-request-id` and `x-process-time` (seconds until the answer began) to every answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        inbound = Inbound.of(scope)
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message["headers"])
                headers.append((b"x-request-id", inbound.request_id.encode()))
                headers.append((b"x-process-time", b"%.6f" % (perf_counter() - began)))
                headers += inbound.answer_headers
                if (origin := inbound.headers.get(b"origin")) is not None:
                    headers += origin_headers(origin)
                message["headers"] = headers
            await send(message)

        try:
            if is_preflight(scope["method"], inbound):
                await _send_whole(answer, 204, preflight_headers(inbound), b"")
            else:
                await self._app(scope, receive, answer)
        except ClientDisconnect:
            status = status or 499  # What nginx calls a client that left; nobody receives it.
        except Exception:
            _log.exception("failed", request_id=inbound.request_id, method=scope["method"], path=scope["path"])
            if status:
                raise  # The answer has begun: cutting the connection is all that is left to tell the client.
            await self._apologize(answer, inbound)
        finally:
            if self._logs:
                _log.info(
                    "request",
                    request_id=inbound.request_id,
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    ms=round((perf_counter() - began) * 1000, 2),
                )

    async def _apologize(self, send: Send, inbound: Inbound) -> None:
        body = internal_error().body(inbound.request_id)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await _send_whole(send, 500, headers, body)


async def _send_whole(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
