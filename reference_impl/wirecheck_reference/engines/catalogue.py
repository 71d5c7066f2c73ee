"""Which engine serves which model, by what is asked of it. Knows no HTTP, and no engine in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from wirecheck_contract.models import Model

from wirecheck_reference.engines.chat import ChatEngine
from wirecheck_reference.engines.completion import CAPABILITY, CompletionEngine
from wirecheck_reference.engines.declared import ModelFile
from wirecheck_reference.engines.embedding import EmbeddingEngine
from wirecheck_reference.engines.engine import Engine
from wirecheck_reference.errors import ApiError, invalid_value

Kind = TypeVar("Kind", bound=Engine)


class Catalogue:
    """The models of all engines, in their order, as they are declared now.

    Raises `ValueError` where two engines claim one model, and for a file of declarations that cannot be used.
    """

    def __init__(self, engines: Sequence[Engine], declared: ModelFile | None = None) -> None:
        self.engines = tuple(engines)
        self._declared = declared
        self._own: dict[str, Model] = {}
        for engine in engines:
            for model in engine.models:
                if model.id in self._own:
                    raise ValueError(f"two engines serve {model.id!r}")
                self._own[model.id] = model
        if declared is not None:
            declared.applied(self._own)
        chatting = [engine for engine in engines if isinstance(engine, ChatEngine)]
        self._chat = {model.id: engine for engine in chatting for model in engine.models}
        embedding = [engine for engine in engines if isinstance(engine, EmbeddingEngine)]
        self._embedding = {model.id: engine for engine in embedding for model in engine.models}
        completing = [engine for engine in engines if isinstance(engine, CompletionEngine)]
        self._completion = {
            model.id: engine
            for engine in completing
            for model in engine.models
            if isinstance(model.capabilities, list) and CAPABILITY in model.capabilities
        }

    @property
    def running(self) -> int:
        """Answers under way, over all engines."""
        return sum(engine.running for engine in self.engines)

    def chat(self, model_id: str) -> tuple[ChatEngine, Model]:
        """The engine that chats as this model. Raises `ApiError`: 404 for no such model, 400 for one that cannot."""
        return self._find(self._chat, model_id, "chat")

    def embedding(self, model_id: str) -> tuple[EmbeddingEngine, Model]:
        """The engine that embeds as this model. Raises `ApiError` as `chat`."""
        return self._find(self._embedding, model_id, "embeddings")

    def completion(self, model_id: str) -> tuple[CompletionEngine, Model]:
        """The engine that continues texts as this model. Raises `ApiError` as `chat`."""
        return self._find(self._completion, model_id, "completions")

    def model(self, model_id: str) -> Model:
        """The model of that id. Raises `ApiError` (404)."""
        try:
            return self._models()[model_id]
        except KeyError:
            message = f"The model {model_id!r} does not exist."
            raise ApiError(404, "model_not_found", message, param="model") from None

    def models(self, provider: str | None = None) -> list[Model]:
        """All models, or one provider's. Raises `ApiError` (404) for a provider that serves none."""
        everything = list(self._models().values())
        if provider is None:
            return everything
        theirs = [model for model in everything if model.provider == provider]
        if not theirs:
            raise ApiError(404, "provider_not_found", f"No provider {provider!r}.", param="provider")
        return theirs

    def providers(self) -> list[str]:
        """The ids of the providers, in the models' order."""
        providers = (model.provider for model in self._models().values())
        return list(dict.fromkeys(provider for provider in providers if isinstance(provider, str)))

    def _models(self) -> Mapping[str, Model]:
        return self._own if self._declared is None else self._declared.applied(self._own)

    def _find(self, served: Mapping[str, Kind], model_id: str, purpose: str) -> tuple[Kind, Model]:
        model = self.model(model_id)
        engine = served.get(model_id)
        if engine is None:
            raise invalid_value(f"The model {model_id!r} is not one for {purpose}.", "model")
        return engine, model
