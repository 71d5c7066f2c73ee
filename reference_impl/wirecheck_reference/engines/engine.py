"""What every engine is, whatever it makes. Knows neither HTTP nor any particular engine."""

from __future__ import annotations

from typing import Protocol

from wirecheck_contract.models import Model


class Engine(Protocol):
    """Serves models. What it makes of a request, a protocol of each kind says."""

    @property
    def models(self) -> tuple[Model, ...]:
        """The models it serves."""
        ...

    @property
    def running(self) -> int:
        """Answers begun and not yet ended."""
        ...
