"""The embedding engine: counts tokens, keeps to the model's window, and lets others have their turn. Knows no HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from wirecheck_contract.models import Model, ModelPrice

from wirecheck_reference.engines.echo.tokens import tokenize
from wirecheck_reference.engines.embedding import Embedded, Input
from wirecheck_reference.engines.hashing.vectors import LENGTH, of_text, of_tokens, shortened
from wirecheck_reference.errors import ApiError, invalid_value

MODEL: Final = "hash-embed"
# Tokens that one input may have, and all of a request together.
WINDOW: Final = 8192
TOGETHER: Final = 300_000


class HashingEngine:
    """Serves the one model."""

    def __init__(self) -> None:
        self.models: tuple[Model, ...] = (_described(),)
        self.running = 0

    async def embed(self, inputs: Sequence[Input], dimensions: int | None, model: Model) -> Embedded:
        """The vectors. Raises `ApiError` (400): `context_length_exceeded` for a longer input, or for all together."""
        length = dimensions or LENGTH
        if length > LENGTH:
            raise invalid_value(f"The model's vectors have {LENGTH} numbers, not {length}.", "dimensions")
        counts = [len(tokenize(each)) if isinstance(each, str) else len(each) for each in inputs]
        window = model.context_window if isinstance(model.context_window, int) else WINDOW
        for place, count in enumerate(counts):
            if count > window:
                raise _too_long(count, window, "one input", "input" if len(inputs) == 1 else f"input.{place}")
        if sum(counts) > TOGETHER:
            raise _too_long(sum(counts), TOGETHER, "all inputs of a request", "input")
        self.running += 1
        try:
            vectors = []
            for each in inputs:
                vector = of_text(each) if isinstance(each, str) else of_tokens([int(token) for token in each])
                vectors.append(shortened(vector, length))
                await asyncio.sleep(0)
        finally:
            self.running -= 1
        return Embedded(vectors, sum(counts))


def _too_long(count: int, most: int, what: str, field: str) -> ApiError:
    return ApiError(
        400,
        "context_length_exceeded",
        f"The model reads at most {most} tokens of {what}; here they are {count}.",
        param=field,
        details={"tokens_used": count, "max_tokens": most},
    )


def _described() -> Model:
    return Model(
        id=MODEL,
        object="model",
        created=1767225600,
        owned_by="wirecheck",
        provider="wirecheck",
        context_window=WINDOW,
        capabilities=["embeddings"],
        price=ModelPrice(input_usd_per_million_tokens=0.02, output_usd_per_million_tokens=0),
    )
