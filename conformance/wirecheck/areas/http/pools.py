"""The pools that every area's answers fall into: every request, every answer, every success of an operation. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirecheck.areas.chat.probes import chat, prompt, streaming
from wirecheck.areas.errors import probes as errors
from wirecheck.areas.http import transport
from wirecheck.areas.models import probes as models
from wirecheck.areas.validation import probes as validation
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool, Records

# `errors.too-large` says what becomes of a connection that is closed on a body this large.
_ON_THEIR_OWN = (errors.too_large.name, transport.followed.name)
# What comes back behind a refusal is for `http.next-request` alone to judge: it may be the answer to a piece of a body.
_BEHIND_REFUSALS = (transport.followed.name,)


def answered(exchange: Exchange) -> bool:
    """Whether an answer came to a request that stands for itself, and nobody left before its end."""
    came = exchange.status is not None and exchange.end != "left"
    return came and exchange.intent.origin not in _BEHIND_REFUSALS


def of_the_api(exchange: Exchange) -> bool:
    """Whether the API was asked for a body: not what may be around it, nor what a browser asks for its own sake."""
    return exchange.request.path.startswith("/v1/") and exchange.request.method not in ("OPTIONS", "HEAD")


def of_a_caller(exchange: Exchange) -> bool:
    """Whether an answer holds what a caller once sent, of whatever type: it need not be what it looks like."""
    return exchange.operation is not None and "*/*" in exchange.operation.answers(exchange.status or 0)


def _succeeded(exchange: Exchange) -> bool:
    return (
        answered(exchange)
        and exchange.operation is not None
        and exchange.intent.valid is not False
        and 200 <= (exchange.status or 0) < 300
    )


def succeeded(exchange: Exchange) -> bool:
    """Whether an operation of the API answered a request that is not known to be invalid with a success."""
    return of_the_api(exchange) and _succeeded(exchange)


def recognized(exchange: Exchange) -> bool:
    """Whether a success is what the contract declares, well or badly made.

    Beside the API, where many servers answer every path alike, that is an object with a field that the schema requires.
    """
    if of_the_api(exchange) or not _succeeded(exchange):
        return succeeded(exchange)
    body, required = exchange.json, shape.schema_of(exchange).get("required", ())
    return isinstance(body, dict) and any(name in body for name in required)


every_request = Pool(
    "request",
    lambda it: it.end != "left" and it.intent.origin not in _ON_THEIR_OWN,
    (chat.sync, validation.replay, validation.empty_content),
)

every_answer = Pool("answer", answered, (models.listed, chat.sync, errors.unknown_route))

every_provocation = Pool(
    "answer",
    answered,
    (chat.sync, validation.replay, validation.empty_content, transport.odd_header, prompt.unbroken),
)


def _nameless_posts(exchanges: Sequence[Exchange]) -> Iterator[tuple[Exchange, ...]]:
    # A cache may give the answer to a GET again, its id with it.
    posts = [each for each in exchanges if answered(each) and each.request.method == "POST"]
    yield tuple(each for each in posts if all(name != "x-request-id" for name, _ in each.request.headers))


nameless_posts = Records(
    "answers to POST without an id of the caller's",
    _nameless_posts,
    (chat.again, errors.unknown_model, streaming.streamed, streaming.counted, errors.broken_json),
)

every_answer_of_an_operation = Pool(
    "answer of an operation", lambda it: answered(it) and it.operation is not None, (models.listed, chat.sync)
)

every_success = Pool("success of an operation", succeeded, (models.listed, chat.sync))

every_recognized_success = Pool("success of an operation", recognized, (models.listed, chat.sync))
