"""Answers as ASGI apps: documents as JSON, and streams of frames. Knows no operation and no document."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, Final, Protocol, TypeAlias

from pydantic import BaseModel
from pydantic_core import to_json
from starlette.types import Receive, Scope, Send

from wirecheck_reference.http.leaving import Leaving

Document: TypeAlias = BaseModel | Mapping[str, Any] | bytes
"""What is sent as JSON: a model of the contract, a dict that follows one, or JSON text."""

EVENTS: Final = "text/event-stream; charset=utf-8"
LINES: Final = "application/x-ndjson"


class Answer(Protocol):
    """An answer that sends itself, as Starlette's responses do."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        ...


class JsonAnswer:
    """A document as JSON, with a status and headers of its own."""

    __slots__ = ("_body", "_headers", "_status")

    def __init__(self, document: Document, *, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        body = encoded(document)
        self._status = status
        self._body = body
        self._headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        if headers:
            self._headers += _pairs(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as ASGI has it
        """Sends it at once."""
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


class NotModified:
    """304 (RFC 9110 section 15.4.5): the caller has it already. `headers` are what 200 would have, but of the body."""

    __slots__ = ("_headers",)

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = _pairs(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as ASGI has it
        """Sends it at once."""
        await send({"type": "http.response.start", "status": 304, "headers": self._headers})
        await send({"type": "http.response.body", "body": b""})


class StreamAnswer:
    """Frames, each sent as it is produced. A client that leaves closes the frames, and what makes them with it."""

    __slots__ = ("_frames", "_headers")

    def __init__(self, frames: AsyncGenerator[bytes], media_type: str) -> None:
        self._frames = frames
        self._headers = [
            (b"content-type", media_type.encode()),
            (b"cache-control", b"no-cache"),
            (b"x-accel-buffering", b"no"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as ASGI has it
        """Sends them to the end, or until nobody listens."""
        async with Leaving(receive), aclosing(self._frames) as frames:
            await send({"type": "http.response.start", "status": 200, "headers": self._headers})
            async for frame in frames:
                await send({"type": "http.response.body", "body": frame, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def answer_of(returned: Any) -> Answer:
    """What a handler returned, as an answer: a document is sent as JSON with status 200."""
    if isinstance(returned, (bytes, BaseModel, dict)):
        return JsonAnswer(returned)
    answer: Answer = returned
    return answer


def event(document: bytes) -> bytes:
    """One server-sent event (WHATWG HTML section 9.2)."""
    return b"data: " + document + b"\n\n"


def line(document: bytes) -> bytes:
    """One line of NDJSON."""
    return document + b"\n"


def encoded(document: Document) -> bytes:
    """A document as JSON text."""
    if isinstance(document, bytes):
        return document
    return document.model_dump_json().encode() if isinstance(document, BaseModel) else to_json(document)


def _pairs(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
