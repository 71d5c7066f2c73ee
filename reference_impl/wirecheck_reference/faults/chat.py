"""Chat answers gone wrong: fields of requests ignored, fields of answers broken."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.fault import on_documents, on_json, on_request
from wirecheck_reference.faults.parts import Asked


@on_documents(breaks=("chat.created",), rows=("CHK-11",))
def counts_time_in_milliseconds(document: dict[str, Any]) -> None:
    """Gives `created` in milliseconds."""
    document["created"] *= 1000


@on_json(breaks=("usage.sum",), rows=("USG-06",))
def adds_usage_up_wrongly(document: dict[str, Any]) -> None:
    """Leaves the prompt out of the total of the usage."""
    document["usage"]["total_tokens"] = document["usage"]["completion_tokens"]


@on_request(breaks=("chat.n", "chat.n-stream"), rows=("PAR-02",))
def answers_with_one_choice(asked: Asked) -> None:
    """Takes `n` and answers with one choice."""
    if isinstance(asked.body, dict) and asked.body.get("n") in range(2, 129):
        asked.body["n"] = 1


@on_request(breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def ignores_max_completion_tokens(asked: Asked) -> None:
    """Takes `max_completion_tokens` and does not keep it."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("max_completion_tokens"), int):
        asked.body["max_completion_tokens"] = 4096 if asked.body["max_completion_tokens"] > 0 else 0
