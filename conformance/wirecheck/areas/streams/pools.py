"""The pools of streams: those of every operation whose events are chunks and `[DONE]`. No I/O."""

from __future__ import annotations

from functools import cache

from wirecheck.areas.chat.probes import leaving, streaming
from wirecheck.areas.chat.reading import DONE
from wirecheck.areas.http.pools import answered
from wirecheck.contract.document import document
from wirecheck.contract.operations import EVENTS, operations
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Pool


@cache
def _says_done(operation: str) -> bool:
    """Whether the contract has `[DONE]` among the events of an operation: its streams are told in chunks."""
    media = operations()[operation].answers(200).get(EVENTS)
    item = document().resolved(media.item) if media and media.item else {}
    data = item.get("properties", {}).get("data", {})
    return any(each.get("const") == DONE for each in data.get("oneOf", ()))


def _answers(exchange: Exchange) -> bool:
    """A success that can be held to what was asked: an invalid request owes nothing but its refusal."""
    return (
        answered(exchange)
        and exchange.status == 200
        and exchange.operation is not None
        and _says_done(exchange.operation.id)
        and exchange.intent.valid is not False
        # What is sent beside clients that leave is for `concurrency.bystander` alone to judge.
        and exchange.intent.origin != leaving.left.name
        and isinstance(exchange.request.json, dict)
    )


def _accepts_another(exchange: Exchange) -> bool:
    return any(name == "accept" and value != "*/*" for name, value in exchange.request.headers)


every_streamed_answer = Pool(
    "answer to `stream: true`",
    lambda it: _answers(it) and it.asks_for_stream and not _accepts_another(it),
    (streaming.streamed,),
)

every_stream = Pool(
    "event stream",
    lambda it: _answers(it) and it.media_type == EVENTS,
    (streaming.streamed, streaming.counted),
)
