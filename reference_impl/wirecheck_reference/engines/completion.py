"""What an engine that continues texts is: a request in, pieces out. Knows neither HTTP nor any particular engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Protocol, TypeAlias, runtime_checkable

from wirecheck_contract.models import Model

from wirecheck_reference.engines.engine import Engine
from wirecheck_reference.engines.generation import Generation

CompletionRequest: TypeAlias = Mapping[str, Any]
"""A JSON document that the contract's `CompletionRequest` accepted. Whole numbers may be floats (`1.0`)."""

CAPABILITY: Final = "completions"
"""What a model that continues texts says of itself."""


class Piece(NamedTuple):
    """What one step adds to the text of the choice of that index; `logprobs` as the contract's `CompletionLogprobs`."""

    choice: int
    text: str
    finish_reason: str | None = None
    logprobs: dict[str, Any] | None = None


@runtime_checkable
class CompletionEngine(Engine, Protocol):
    """An engine whose models continue texts: those of its models that have the capability."""

    async def start_completion(self, request: CompletionRequest, model: Model) -> Generation[Piece]:
        """Begins an answer. Raises `ApiError` for all that can be refused before the first byte is sent."""
        ...
