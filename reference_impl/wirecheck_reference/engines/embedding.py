"""What an engine that embeds is: texts or tokens in, vectors out. Knows neither HTTP nor any particular engine."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from wirecheck_contract.models import Model

from wirecheck_reference.engines.engine import Engine

Input: TypeAlias = str | Sequence[int]
"""A text, or the numbers of its tokens."""


class Embedded(NamedTuple):
    """A vector for each input, in their order, as 32-bit floats; and the tokens of all inputs."""

    vectors: Sequence[array[float]]
    prompt_tokens: int


@runtime_checkable
class EmbeddingEngine(Engine, Protocol):
    """An engine whose models embed."""

    async def embed(self, inputs: Sequence[Input], dimensions: int | None, model: Model) -> Embedded:
        """The vectors, each of so many numbers (None: of the model's own length). Raises `ApiError` (400)."""
        ...
