"""How probes speak: prompts that an echo server and any instruct model answer alike, and small answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, Unseen

CHAT: Final = "/v1/chat/completions"
MODELS: Final = "/v1/models"

# As near to the same answer twice as a sampling server gets, and no longer than needed.
STEADY: Final[Mapping[str, Any]] = {"temperature": 0, "seed": 7, "max_tokens": 64}


def repeat(text: str) -> str:
    """A prompt whose answer is the text."""
    return f"Repeat exactly: {text}"


async def chat(
    asker: Asker,
    prompt: str | list[dict[str, Any]],
    *,
    headers: Mapping[str, str] | None = None,
    key: str | None = "",
    leave_after: int | None = None,
    intent: Intent | None = None,
    **fields: Any,
) -> Exchange:
    """One chat request, valid unless `intent` says otherwise. `prompt` is a user's text or whole messages."""
    messages = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt
    body = {"model": asker.target.model, "messages": messages} | fields
    return await asker.send(
        "POST",
        CHAT,
        json=body,
        headers=headers,
        key=key,
        leave_after=leave_after,
        intent=intent or Intent("", valid=True, operation="createChatCompletion"),
    )


def accepts(exchange: Exchange) -> bool:
    """Whether a server has what this request used: a plain refusal says no, an answer (even a broken one) yes.

    Raises `Unseen` where the answer says nothing of it.
    """
    if exchange.status is None or exchange.status in (401, 403, 408, 429):
        raise Unseen(f"cannot tell whether the server has it: {exchange}")
    return exchange.status not in (400, 404, 405, 406, 415, 422, 501)
