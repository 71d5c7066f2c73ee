"""The pools of completions: every success, every whole one, every stream. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirecheck.areas.completions.probes import echoes, lists, texts
from wirecheck.areas.http.pools import answered
from wirecheck.contract.operations import EVENTS
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Pool, Records

OPERATION = "createCompletion"


def _answers(exchange: Exchange) -> bool:
    """A success that can be held to what was asked: an invalid request owes nothing but its refusal."""
    return (
        answered(exchange)
        and exchange.status == 200
        and exchange.operation is not None
        and exchange.operation.id == OPERATION
        and exchange.intent.valid is not False
        and exchange.intent.provokes != "model failure"
        and isinstance(exchange.request.json, dict)
    )


every_completion = Pool(
    "completion without a stream", lambda it: _answers(it) and not it.asks_for_stream, (texts.plain, lists.listed)
)

every_stream = Pool(
    "stream of completions", lambda it: _answers(it) and it.media_type == EVENTS, (texts.streamed, lists.listed)
)

every_answer = Pool("answer of completions", _answers, (texts.plain, texts.streamed))


def _all(exchanges: Sequence[Exchange]) -> Iterator[tuple[Exchange, ...]]:
    yield tuple(each for each in exchanges if _answers(each))


all_answers = Records("answers of completions", _all, (texts.plain, texts.streamed, lists.listed, echoes.echoed))
