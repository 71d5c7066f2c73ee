"""How probes ask for completions: with prompts that an echo and any model that continues texts answer. Cheap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wirecheck.areas.chat.asking import ends
from wirecheck.areas.chat.dialect import dialect
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange, Intent

COMPLETIONS: Final = "/v1/completions"

MODEL: Final = "completion_model"
"""The owner's setting that names a model which continues texts."""

# As near to the same answer twice as a sampling server gets, and no longer than needed.
STEADY: Final[Mapping[str, Any]] = {"temperature": 0, "seed": 7, "max_tokens": 64}


def model_of(target: Target) -> str:
    """The model that is asked: the one that the owner names, else the one that chats."""
    named: str = target.owner.get(MODEL, target.model)
    return named


def spoken(fields: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """The fields of a request without those that the model that chats is known to refuse, where it is the one asked."""
    refused = dialect(target).refused if model_of(target) == target.model else frozenset[str]()
    return {name: value for name, value in fields.items() if name not in refused}


async def complete(
    asker: Asker,
    prompt: Any,
    *,
    intent: Intent | None = None,
    model: str | None = None,
    **fields: Any,
) -> Exchange:
    """One request for completions, valid unless `intent` says otherwise."""
    target = asker.target
    body = {"model": model or model_of(target), "prompt": prompt, **spoken(fields, target)}
    return await asker.send(
        Draft("POST", COMPLETIONS, json=body, intent=intent or Intent("", valid=True), ends=ends(body))
    )
