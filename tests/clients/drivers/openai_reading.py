"""How the official SDK for Python is set up, and what is looked at of its completions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import openai

from tests.clients.drivers.lines import ASKED, user

MODEL: Final = "echo"


@lru_cache(maxsize=8)
def client(url: str, key: str = ASKED["key"], retries: int = 0) -> openai.OpenAI:
    """A client that asks once, or again so often."""
    return openai.OpenAI(base_url=url, api_key=key, max_retries=retries, timeout=ASKED["timeout"])


def asked(text: str, **fields: Any) -> dict[str, Any]:
    """The arguments of a call."""
    return {"model": MODEL, "messages": user(text), **fields}


def usage_of(usage: Any) -> Any:
    """The counts, or None."""
    if usage is None:
        return None
    return [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens]


def calls_of(calls: Iterable[Any]) -> list[dict[str, Any]]:
    """Calls with their arguments read, as whoever runs them reads them."""
    found = list(calls)
    names = {each.id: each.function.name for each in found}
    return [
        {"name": each.function.name, "arguments": json.loads(each.function.arguments), "answered": len(names)}
        for each in found
    ]


def seen(completion: Any) -> dict[str, Any]:
    """What is looked at of a completion."""
    return {
        "model": completion.model,
        "usage": usage_of(completion.usage),
        "choices": [
            {
                "text": choice.message.content,
                "reason": choice.finish_reason,
                "calls": calls_of(choice.message.tool_calls or ()),
            }
            for choice in completion.choices
        ],
    }
