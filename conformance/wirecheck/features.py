"""What a server may have or lack, and how a run finds out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirecheck.probe import Asker, Probe, probe
from wirecheck.probes import auth, chat, errors, http, limits, logprobs, models, streaming, structured, tools


@dataclass(frozen=True)
class Feature:
    """A part of the contract. `found` tells whether the server has it; it raises `Unseen` where that cannot be told."""

    name: str
    title: str
    found: Probe[bool]


@probe
async def _always(_: Asker) -> bool:
    return True


CORE: Final = ("models", "chat", "streaming", "errors")

FEATURES: Final = {
    feature.name: feature
    for feature in (
        Feature("models", "the list of models, and one model", _always),
        Feature("chat", "chat completions", _always),
        Feature("streaming", "chat completions as server-sent events", _always),
        Feature("errors", "one error envelope, validation of requests", _always),
        Feature("auth", "bearer keys", auth.has_auth),
        Feature("tools", "tool calls", tools.has_tools),
        Feature("structured_output", "response_format json_schema", structured.has_schemas),
        Feature("json_mode", "response_format json_object", structured.has_json_mode),
        Feature("choices", "several choices for one request (n)", chat.has_choices),
        Feature("logprobs", "log probabilities of tokens", logprobs.has_logprobs),
        Feature("ndjson", "streams as newline-delimited JSON", streaming.has_ndjson),
        Feature("model_cursors", "the list of models in pages", models.has_cursors),
        Feature("context_window", "a context window that is known", errors.has_window),
        Feature("rate_limits", "a key with a small limit, named by the owner", limits.has_limits),
        Feature("failing_model", "a model that fails, named by the owner", errors.has_failing_model),
        Feature("cors", "pages of other origins let in", http.has_cors),
        Feature("health", "a health route", http.has_health),
        Feature("document", "the server's own OpenAPI document", http.has_document),
    )
}
