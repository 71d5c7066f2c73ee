"""JSON bodies: their media type, size and syntax. Knows no schema."""

from __future__ import annotations

from email.message import Message
from typing import Any, Final

from pydantic_core import from_json
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound

# How much of a refused body is still read, in times the limit, so that its sender gets to read the refusal.
_PATIENCE: Final = 4


async def read_json(inbound: Inbound, receive: Receive, most: int) -> tuple[bytes, Any]:
    """A body of at most `most` bytes, as bytes and as the document it is.

    Raises `ApiError`: 415 for a media type that is no JSON (RFC 9110 section 15.5.16), 413 for a longer body, 400 for a
    body that is not one JSON text (RFC 8259: UTF-8, no NaN or Infinity) or that nests too deep. Raises
    `ClientDisconnect` where the client leaves first.
    """
    refuse_other_media(inbound)
    body = await read(inbound, receive, most)
    try:
        return body, from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise ApiError(400, "invalid_json", f"The body is not valid JSON: {error}.") from None


def refuse_other_media(inbound: Inbound) -> None:
    """Raises `ApiError` (415) unless the body calls itself JSON in UTF-8."""
    given = inbound.headers.get(b"content-type", b"")
    if given == b"application/json":
        return
    message = Message()
    message["content-type"] = given.decode("latin-1") or "none/none"
    kind = message.get_content_type()
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    if not is_json or str(message.get_content_charset() or "utf-8") not in ("utf-8", "utf8"):
        raise ApiError(415, "unsupported_media_type", "The body must be application/json in UTF-8.")


async def read(inbound: Inbound, receive: Receive, most: int) -> bytes:
    """The whole body. Raises `ApiError` (413) above `most` bytes."""
    told = inbound.headers.get(b"content-length", b"0")
    if int(told) > most and b"expect" in inbound.headers:
        raise too_large(most)  # The client waits for leave to send: it gets none.
    message = await receive()
    if not message.get("more_body") and message["type"] == "http.request":
        body: bytes = message.get("body", b"")
        if len(body) > most:
            raise too_large(most)
        return body
    pieces: list[bytes] = []
    size = 0
    while True:
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece = message.get("body", b"")
        size += len(piece)
        if size <= most:
            pieces.append(piece)
        elif size > most * _PATIENCE:
            break
        if not message.get("more_body"):
            break
        message = await receive()
    if size > most:
        raise too_large(most)
    return b"".join(pieces)


def too_large(most: int) -> ApiError:
    """413, and the end of the connection: what was not read must not be taken for a request."""
    return ApiError(413, "request_too_large", f"The body is larger than {most} bytes.", headers={"connection": "close"})
