"""The context window: more than fits into it."""

from __future__ import annotations

from typing import Any

from wirecheck.areas.chat.asking import chat
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen


@probe(2, quick=1)
async def over_context(asker: Asker) -> tuple[Exchange, ...]:
    """A chat whose prompt fits the window, but not together with its max_tokens; in longer runs as a stream too."""
    window = asker.target.owner.get("context_window")
    if window is None:
        raise Unseen("the model's context window is not known")
    fields: dict[str, Any] = {"max_tokens": window, "intent": Intent("", "over the context window", field="max_tokens")}
    sync = await chat(asker, "hello", **fields)
    return (sync,) if asker.quick else (sync, await chat(asker, "hello", **fields, stream=True))


@probe(0)
async def has_window(asker: Asker) -> bool:
    """Whether the context window is known, from the model's own object or from the owner: every model has one."""
    if "context_window" not in asker.target.owner:
        raise Unseen("the model's context window is not known: its object tells none, the owner may (context_window)")
    return True
