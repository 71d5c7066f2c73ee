"""The envelope for what is no HTTP at all, which uvicorn refuses before any app sees it. Knows uvicorn's protocols."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id


def enveloping(protocol: type[Any] = AutoHTTPProtocol) -> type[asyncio.Protocol]:
    """Uvicorn's protocol (the fastest installed, unless one is given) that refuses broken requests in the envelope."""

    class Enveloping(protocol):  # type: ignore[misc]  # which class it extends depends on what is installed
        def send_400_response(self, msg: str) -> None:
            """Answers a request that is not HTTP, or whose method is none that HTTP knows, and hangs up."""
            request_id = new_id("req_")
            body = ApiError(400, "invalid_request", msg).body(request_id)
            head = (
                "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
                f"content-length: {len(body)}\r\nx-request-id: {request_id}\r\n"
                "x-process-time: 0.000000\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()

    return Enveloping
