"""What an engine that chats is: a request in, deltas out. Knows neither HTTP nor any particular engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from wirecheck_contract.models import Model

from wirecheck_reference.engines.engine import Engine
from wirecheck_reference.engines.generation import Generation

ChatRequest: TypeAlias = Mapping[str, Any]
"""A JSON document that the contract's `ChatCompletionRequest` accepted. Whole numbers may be floats (`1.0`)."""


class Delta(NamedTuple):
    """What one step adds to the choice of that index: `Delta` and `Logprobs` of the contract, as documents."""

    choice: int
    delta: dict[str, Any]
    finish_reason: str | None = None
    logprobs: dict[str, Any] | None = None


@runtime_checkable
class ChatEngine(Engine, Protocol):
    """An engine whose models chat."""

    async def start_chat(self, request: ChatRequest, model: Model) -> Generation[Delta]:
        """Begins an answer. Raises `ApiError` for all that can be refused before the first byte is sent."""
        ...
