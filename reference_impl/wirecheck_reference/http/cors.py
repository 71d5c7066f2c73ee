"""The CORS protocol (Fetch standard, section 3.3): browsers of every origin may ask. Knows no route."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.http.inbound import Inbound

_EXPOSED: Final = b", ".join(
    [
        b"x-request-id",
        b"x-process-time",
        b"x-total-count",
        b"content-disposition",
        b"content-range",
        b"accept-ranges",
        b"etag",
        b"retry-after",
        b"x-ratelimit-limit-requests",
        b"x-ratelimit-remaining-requests",
        b"x-ratelimit-reset-requests",
    ]
)
_LASTS: Final = b"600"


def is_preflight(method: str, inbound: Inbound) -> bool:
    """Whether a browser asks for leave."""
    return method == "OPTIONS" and b"origin" in inbound.headers and b"access-control-request-method" in inbound.headers


def preflight_headers(inbound: Inbound) -> list[tuple[bytes, bytes]]:
    """Leave for what was asked: keys travel in a header of their own, so that no origin gains by another's cookies."""
    allowed = [(b"access-control-allow-methods", inbound.headers[b"access-control-request-method"])]
    if (asked := inbound.headers.get(b"access-control-request-headers")) is not None:
        allowed.append((b"access-control-allow-headers", asked))
    return [*allowed, (b"access-control-max-age", _LASTS)]


def origin_headers(origin: bytes) -> list[tuple[bytes, bytes]]:
    """What an answer to a request with `Origin` carries."""
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-expose-headers", _EXPOSED),
        (b"vary", b"Origin"),
    ]
