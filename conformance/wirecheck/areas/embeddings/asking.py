"""How probes ask for embeddings: texts that any model tells apart, and the requests. Sends nothing by itself."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent

EMBEDDINGS: Final = "/v1/embeddings"
SETTING: Final = "embedding_model"

TEXTS: Final = (
    "The cat is sleeping on the warm sofa in the living room.",
    "Interest rates rose again after the central bank met in March.",
    "A cat sleeps on the warm sofa of the living room.",
    "To bake bread, mix flour, water, salt and yeast.",
    "Le train pour Genève part à midi de la voie 7; 日本語もあります。",
)
"""Of five subjects, but for the first and the third, which say nearly the same in the same words."""

MOST: Final = 2048
"""The most inputs of one request."""

LONGEST: Final = 100_000
"""The most characters of one input."""


async def embed(asker: Asker, model: str, given: Any, *, intent: Intent | None = None, **fields: Any) -> Exchange:
    """One request for embeddings, valid unless `intent` says otherwise."""
    body = {"model": model, "input": given, **fields}
    return await asker.send(Draft("POST", EMBEDDINGS, json=body, intent=intent or Intent("", valid=True)))
