"""Which engine serves which model, and pages of the models. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wirecheck_contract.models import Model, ModelPrice

from wirecheck_reference.engines.echo.engine import MOST, QUICK, WINDOW, EchoEngine, Manner
from wirecheck_reference.engines.chat import Engine
from wirecheck_reference.errors import ApiError

PROVIDER: Final = "wirecheck"
_SINCE: Final = 1767225600  # 2026-01-01: `created` of the echo models.


class Catalogue:
    """The models of all engines, in their order. Raises `ValueError` when two engines claim one model."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self.engines = tuple(engines)
        self._served: dict[str, tuple[Engine, Model]] = {}
        for engine in engines:
            for model in engine.models:
                if model.id in self._served:
                    raise ValueError(f"two engines serve {model.id!r}")
                self._served[model.id] = (engine, model)

    @property
    def running(self) -> int:
        """Generations under way, over all engines."""
        return sum(engine.running for engine in self.engines)

    def find(self, model_id: str) -> tuple[Engine, Model]:
        """The engine and the model of that id. Raises `ApiError` (404)."""
        try:
            return self._served[model_id]
        except KeyError:
            message = f"The model {model_id!r} does not exist."
            raise ApiError(404, "model_not_found", message, param="model") from None

    def models(self, provider: str | None = None) -> list[Model]:
        """All models, or one provider's. Raises `ApiError` (404) for a provider that serves none."""
        everything = [model for _, model in self._served.values()]
        if provider is None:
            return everything
        theirs = [model for model in everything if model.provider == provider]
        if not theirs:
            raise ApiError(404, "provider_not_found", f"No provider {provider!r}.", param="provider")
        return theirs

    def providers(self) -> list[str]:
        """The ids of the providers, in the models' order."""
        providers = (model.provider for _, model in self._served.values())
        return list(dict.fromkeys(provider for provider in providers if isinstance(provider, str)))


def echo_engine(pause: float) -> EchoEngine:
    """The built-in engine: a quick model, a slow one (`pause` seconds a token), one with a slash, one that fails."""
    manners = {
        "echo": QUICK,
        "echo-slow": Manner(pause=pause),
        "wirecheck/echo": QUICK,
        "echo-failing": Manner(fails_after=3),
    }
    return EchoEngine(manners, {name: _described(name) for name in manners})


def _described(name: str) -> Model:
    return Model(
        id=name,
        object="model",
        created=_SINCE,
        owned_by=PROVIDER,
        provider=PROVIDER,
        context_window=WINDOW,
        max_output_tokens=MOST,
        capabilities=["chat", "streaming", "tools", "structured_output", "logprobs"],
        price=ModelPrice(input_usd_per_million_tokens=0.25, output_usd_per_million_tokens=1.0),
    )
