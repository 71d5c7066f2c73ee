"""An exchange as a report shows it: bounded, visible, without secrets. Knows no requirement and no format."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any, Final

from wirecheck.evidence.exchange import Exchange, Request
from wirecheck.report import curl
from wirecheck.report.excerpt import number
from wirecheck.report.scrub import Scrubber

BODY: Final = 2000
HEADERS: Final = 60
HEADER: Final = 500
EVENT: Final = 400
COMMAND: Final = 24_000
FIRST, LAST = 30, 10
"""So many events of a stream are shown, from its begin and from its end."""

# So many seconds a command waits for an answer that has no end.
_PATIENCE: Final = 10
_NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl")


def shown(exchange: Exchange, scrub: Scrubber) -> dict[str, Any]:
    """The evidence of a violation, as `report.schema.json` describes it."""
    request = scrub.request(exchange.request)
    return {
        "request": _request(request, scrub),
        "response": {
            "status": exchange.status,
            "headers": _headers(exchange.headers, scrub),
            "body": _body(exchange.body, scrub),
            "body_bytes": len(exchange.body),
            "end": exchange.end,
            "error": scrub.excerpt(exchange.error, HEADER),
            "seconds": number(exchange.seconds),
        },
        "timeline": _timeline(exchange, scrub),
        "curl": _command(request),
    }


def one_by_one(before: Exchange, exchange: Exchange, scrub: Scrubber) -> str:
    """The commands that send both requests again; where the first had no end, it is left as the suite left it."""
    patience = None if before.end == "complete" else _PATIENCE
    first = _command(scrub.request(before.request), patience)
    return f"# first\n{first}; echo\n# then\n{_command(scrub.request(exchange.request))}"


def _command(request: Request, patience: int | None = None) -> str:
    line = curl.command(request, patience)
    return line if len(line) <= COMMAND else f"# a URL and headers of {len(line)} characters: too long for a command"


def _request(request: Request, scrub: Scrubber) -> dict[str, Any]:
    found = {
        "method": scrub.excerpt(request.method, HEADER),
        "url": scrub.excerpt(request.url, BODY),
        "headers": _headers(request.headers, scrub),
        "body": _body(request.body, scrub),
        "body_bytes": len(request.body),
    }
    if curl.LONGEST < len(request.body) <= curl.KEPT:
        found["body_base64"] = base64.b64encode(request.body).decode()
    return found


def _headers(headers: tuple[tuple[str, str], ...], scrub: Scrubber) -> list[list[str]]:
    kept = [[scrub.excerpt(name, HEADER), scrub.excerpt(value, HEADER)] for name, value in headers[:HEADERS]]
    if len(headers) > HEADERS:
        kept.append(["…", f"{len(headers) - HEADERS} more headers"])
    return kept


def _body(body: bytes, scrub: Scrubber) -> str:
    # Four bytes a character at most, and room for a secret that crosses the end.
    return scrub.excerpt(body[: 16 * BODY + 2**16].decode("utf-8", "surrogateescape"), BODY, lines=True)


def _timeline(exchange: Exchange, scrub: Scrubber) -> list[dict[str, Any]]:
    entries = list(_moments(exchange))
    omitted = len(entries) - FIRST - LAST
    found: list[dict[str, Any]] = [_moment(at, text, scrub) for at, text in entries[:FIRST]]
    if omitted > 0:
        found.append({"omitted": omitted})
    return found + [_moment(at, text, scrub) for at, text in entries[max(len(entries) - LAST, FIRST) :]]


def _moment(at: float, text: str, scrub: Scrubber) -> dict[str, Any]:
    return {"at": number(at), "event": scrub.excerpt(text, EVENT)}


def _moments(exchange: Exchange) -> Iterator[tuple[float, str]]:
    """What arrived, and when (seconds after the request was sent); nothing where the answer is no stream."""
    if exchange.media_type in _NDJSON:
        yield from _lines(exchange)
    elif exchange.media_type == "text/event-stream" or (curl.is_stream(exchange.request) and exchange.stream.events):
        stream = exchange.stream
        odd = [(each.at, f"{each.kind}: {each.text}") for each in stream.oddities]
        events = [(each.at, _event(each.type, each.data)) for each in stream.events]
        yield from sorted(odd + events, key=lambda each: each[0])


def _event(type_: str, data: str) -> str:
    return f"data: {data}" if type_ == "message" else f"event: {type_} data: {data}"


def _lines(exchange: Exchange) -> Iterator[tuple[float, str]]:
    rest = b""
    at = 0.0
    for chunk in exchange.chunks:
        at = chunk.at
        *whole, rest = (rest + chunk.data).split(b"\n")
        for line in whole:
            yield at, line.decode("utf-8", "surrogateescape")
    if rest:
        yield at, f"unfinished: {rest.decode('utf-8', 'surrogateescape')}"
