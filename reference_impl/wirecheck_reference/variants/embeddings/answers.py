"""Answers with embeddings told otherwise: more fields, other names, numbers that are rounded or scaled."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

from wirecheck_reference.faults.embeddings.reading import OPERATION, Vector, noise, revector, several
from wirecheck_reference.faults.kinds.parts import Answer
from wirecheck_reference.variants.kind import on_answer, on_json

_OPEN: Final = "OpenAI's published OpenAPI document (objects of answers are open: no additionalProperties: false)"
_GUIDE: Final = "OpenAI guide, Embeddings (vectors are compared by distance)"
# A part of a vector's length: what bfloat16 and other batches make of it.
_ROUNDING: Final = 0.01
_SCALE: Final = 17.0


@on_json(_OPEN, at=OPERATION)
def adds_fields_to_embeddings(document: dict[str, Any]) -> None:
    """Adds fields to the answer and to each vector."""
    document.update(id="embd-1", created=1767225600, provider="Acme")
    for item in document["data"]:
        item.update(truncated=False, tokens=None)


@on_json("vLLM entrypoints/openai/protocol.py (UsageInfo); OpenRouter API reference, Embeddings (cost)", at=OPERATION)
def counts_embeddings_in_detail(document: dict[str, Any]) -> None:
    """Adds details, costs and the tokens of a completion that there is not to the usage."""
    document["usage"].update(completion_tokens=0, prompt_tokens_details=None, cost=0.0000002, cost_details={})


@on_json(
    "OpenAI API reference, Create embeddings (the model text-embedding-ada-002 answers as -v2)",
    at=OPERATION,
)
def names_the_version_that_embeds(document: dict[str, Any]) -> None:
    """Names the version of the model that was asked for."""
    document["model"] += "-v2"


@on_answer("Sentence Transformers documentation (normalize_embeddings is off by default)", at=OPERATION)
def does_not_normalise(answer: Answer) -> None:
    """Answers with vectors of any length."""
    revector(answer, lambda vectors: [[_SCALE * each for each in vector] for vector in vectors])


def _rounded(vector: Vector, name: str) -> Vector:
    pairs = zip(vector, noise(name, len(vector)), strict=True)
    return [own + _ROUNDING * other for own, other in pairs]


@on_answer("vLLM documentation, Reproducibility (other batches round otherwise)", at=OPERATION)
def rounds_otherwise_in_batches(answer: Answer) -> None:
    """Answers several texts with vectors that are a little other than those of each alone."""
    if several(answer.request):
        revector(answer, lambda vectors: [_rounded(each, str(place)) for place, each in enumerate(vectors)])


@on_answer(f"{_GUIDE}; a GPU adds in any order", at=OPERATION, remembers=count)
def rounds_otherwise_each_time(answer: Answer, memory: Any) -> None:
    """Answers the same text with a vector that differs in its last digits."""
    revector(answer, lambda vectors: [_rounded(each, str(next(memory))) for each in vectors])


@on_answer("Cohere and Voyage API references, Embed (integers for smaller indexes)", at=OPERATION)
def answers_with_few_digits(answer: Answer) -> None:
    """Rounds every number to two digits."""
    revector(answer, lambda vectors: [[round(each, 2) for each in vector] for vector in vectors])


@on_answer("RFC 8259 section 6 (a number may be written as an integer)", at=OPERATION)
def answers_with_integers(answer: Answer) -> None:
    """Answers with whole numbers from -127 to 127."""

    def whole(vector: Vector) -> Vector:
        most = max(map(abs, vector))
        return [round(127 * each / most) for each in vector]

    revector(answer, lambda vectors: [whole(each) for each in vectors])
