"""The pools of embeddings: every answer with vectors, and all of them together. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wirecheck.areas.embeddings.probes import batches, bounds, finding, forms
from wirecheck.areas.http.pools import answered
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Pool, Records

OPERATION: Final = "createEmbedding"

# What is served beyond the bounds, the sentences on these judge alone.
_BEYOND: Final = (bounds.many.name, bounds.long.name)


def _answers(exchange: Exchange) -> bool:
    """A success that can be held to what was asked: an invalid request owes nothing but its refusal."""
    return (
        answered(exchange)
        and exchange.status == 200
        and exchange.operation is not None
        and exchange.operation.id == OPERATION
        and exchange.intent.valid is not False
        and exchange.intent.origin not in _BEYOND
        and isinstance(exchange.request.json, dict)
    )


every_answer = Pool(
    "answer with embeddings",
    _answers,
    (finding.tried, batches.batch, batches.again, forms.list_of_one, bounds.empty_text, bounds.exchanged),
)


def _all(exchanges: Sequence[Exchange]) -> Iterator[tuple[Exchange, ...]]:
    yield tuple(each for each in exchanges if _answers(each))


all_answers = Records("answers with embeddings", _all, (finding.tried, batches.batch, batches.ends))
