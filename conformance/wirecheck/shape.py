"""What of an answer breaks its schema, and which requirement each break belongs to. No I/O.

Every break belongs to exactly one claim, the first that matches, so that one mistake of a server fails one requirement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from wirecheck import contract, strict_json
from wirecheck.exchange import ABSENT, Exchange, at

DONE: Final = "[DONE]"
"""The data of the last event of a chat stream."""

_NEARLY_DONE: Final = re.compile(r"[\W_]*done[\W_]*", re.IGNORECASE)

# (component, dotted path of the break, claim). A missing property is a break at the property's own path.
CLAIMS: Final = tuple(
    (component, re.compile(path), claim)
    for component, path, claim in (
        ("ErrorResponse", r"error\.message(\..*)?", "error message"),
        ("ErrorResponse", r"error\.(type|param|code)(\..*)?", "error fields"),
        ("ErrorResponse", r".*", "error"),
        ("ChatCompletion", r"created", "created"),
        ("ChatCompletionChunk", r"created", "created"),
        ("ChatCompletion", r"choices\.\d+\.finish_reason", "finish reason"),
        ("ChatCompletionChunk", r"choices\.\d+\.finish_reason", "chunk finish reason"),
        ("ChatCompletion", r"usage(\..*)?", "usage"),
        ("ChatCompletionChunk", r"usage(\..*)?", "chunk usage"),
        ("ChatCompletion", r"choices\.\d+\.logprobs(\..*)?", "logprobs"),
        ("ChatCompletionChunk", r"choices\.\d+\.logprobs(\..*)?", "logprobs"),
        ("ChatCompletion", r"choices\.\d+\.message\.tool_calls(\..*)?", "tool calls"),
        ("ChatCompletionChunk", r"choices\.\d+\.delta\.tool_calls(\..*)?", "tool call deltas"),
        ("ChatCompletion", r".*", "completion"),
        ("ChatCompletionChunk", r".*", "chunk"),
        ("ModelList", r".*", "model list"),
        ("Model", r".*", "model"),
        ("Health", r".*", "health"),
    )
)


@dataclass(frozen=True)
class Break:
    """One break of a schema: where, what, and whose it is. `event` counts from 1 in a stream, 0 elsewhere."""

    claim: str
    path: str
    message: str
    event: int = 0

    def __str__(self) -> str:
        where = f"event {self.event}: " if self.event else ""
        return f"{where}{self.path or 'the whole'}: {self.message}"


def breaks(exchange: Exchange, *claims: str) -> list[Break]:
    """The breaks of an answer's schema that belong to the claims. Nothing where the answer is no JSON at all."""
    return [each for each in _all(exchange) if each.claim in claims]


def component_of(exchange: Exchange) -> str | None:
    """The component that the body of this answer is to follow, or None where the contract says nothing here."""
    method, path, status = exchange.request.method, exchange.request.path, exchange.status
    if status is None:
        return None
    if status >= 400:
        return "ErrorResponse"
    if status != 200:
        return None
    if exchange.at("error") is not ABSENT and exchange.at("choices") is ABSENT:
        return None  # an error that calls itself a success is another sentence's
    if (method, path) == ("POST", "/v1/chat/completions"):
        return "ChatCompletionChunk" if streams(exchange) else "ChatCompletion"
    if method == "GET" and path.partition("?")[0] == "/v1/models":
        return "ModelList"
    if method == "GET" and path.startswith("/v1/models/"):
        return "Model"
    if (method, path) == ("GET", "/health"):
        return "Health"
    return None


def streams(exchange: Exchange) -> bool:
    """Whether an answer is a stream, by its own label."""
    return exchange.media_type in ("text/event-stream", "application/x-ndjson")


def values(exchange: Exchange) -> list[tuple[int, Any]]:
    """The JSON objects that a stream carries, each with the number of its event or line, from 1."""
    if exchange.media_type == "application/x-ndjson":
        payloads = exchange.body.decode("utf-8", "replace").split("\n")
    else:
        payloads = [event.data for event in exchange.stream.events]
    found = []
    for number, payload in enumerate(payloads, 1):
        try:
            value = strict_json.parse(payload)
        except strict_json.NotJson:
            continue
        if isinstance(value, dict):
            found.append((number, value))
    return found


def payloads(exchange: Exchange) -> list[Any]:
    """One payload for each event of a stream, in order: a parsed value, `[DONE]`, or `ABSENT` where it is neither."""
    found: list[Any] = []
    for event in exchange.stream.events:
        try:
            found.append(DONE if event.data == DONE else strict_json.parse(event.data))
        except strict_json.NotJson:
            found.append(ABSENT)
    return found


def unreadable(exchange: Exchange) -> bool:
    """Whether a chunk of a stream is no JSON: what it held is lost, and that is one sentence's to say."""
    events = zip(payloads(exchange), exchange.stream.events, strict=True) if streams(exchange) else ()
    return any(value is ABSENT and '"choices"' in event.data for value, event in events)


def nearly_done(data: str) -> bool:
    """Whether the data of an event stands for `[DONE]`, or nearly: other brackets, letters, quotes or spaces."""
    return _NEARLY_DONE.fullmatch(data) is not None


def whole(value: Any) -> int | None:
    """A whole number, however it is written (`22`, and for JSON Schema `22.0` too); None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    return value


def says_error(value: Any) -> bool:
    """Whether a payload of a stream is an error: it has an `error`, and that is not null."""
    return at(value, "error") not in (ABSENT, None)


def tells_an_error(exchange: Exchange) -> bool:
    """Whether a stream holds an error event."""
    return b'"error"' in exchange.body and any(says_error(value) for _, value in values(exchange))


def is_chunk(value: dict[str, Any]) -> bool:
    """Whether an object of a stream is meant as a chunk, be it a broken one: it has an id, or choices."""
    return "id" in value or "choices" in value


def _all(exchange: Exchange) -> list[Break]:
    cached: list[Break] | None = exchange.__dict__.get("_breaks")
    if cached is None:
        cached = exchange.__dict__["_breaks"] = list(_judge(exchange))
    return cached


def _judge(exchange: Exchange) -> Iterator[Break]:
    component = component_of(exchange)
    if component is None:
        return
    if component == "ChatCompletionChunk":
        for number, value in values(exchange):
            if says_error(value):
                yield from of("ErrorResponse", value, number)
            elif not is_chunk(value):
                yield Break("chunk", "", f"an object without id and choices: {str(value)[:120]}", number)
            else:
                yield from of(component, value, number)
    elif exchange.json is not ABSENT:
        yield from of(component, exchange.json)


def of(component: str, value: Any, event: int = 0) -> Iterator[Break]:
    """The breaks of one value against one component."""
    for error in contract.validator(component).iter_errors(value):
        steps = [str(step) for step in error.instance_path]
        missing = getattr(error.kind, "property", None)
        if error.kind.name == "required" and missing is not None:
            steps.append(str(missing).strip('"'))
        path = ".".join(steps)
        claim = next(claim for name, pattern, claim in CLAIMS if name == component and pattern.fullmatch(path))
        message = error.message if len(error.message) <= 300 else error.message[:297] + "..."
        yield Break(claim, path, message, event)
