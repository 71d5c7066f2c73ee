"""Texts that LiteLLM has continued, as a client of an OpenAI-compatible server."""

from __future__ import annotations

import importlib
from typing import Any, Final

from tests.clients.drivers.lines import ASKED, Call, at_once

# By name: types are checked where this package, of the group `clients` alone, is not installed.
_litellm: Final = importlib.import_module("litellm")


def usage_of(usage: Any) -> Any:
    """The counts, or None."""
    return usage and [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens]


def written(url: str, prompt: Any = ASKED["plain"], **fields: Any) -> Any:
    """One call of `litellm.text_completion` that asks once."""
    given = {"model": "text-completion-openai/echo", "prompt": prompt, "api_key": ASKED["key"], "max_retries": 0}
    return _litellm.text_completion(api_base=url, timeout=ASKED["timeout"], **(given | fields))


def plain(value: Any) -> Any:
    """What a model of LiteLLM holds, as JSON values."""
    return value.model_dump() if hasattr(value, "model_dump") else value


def text(prompt: Any = ASKED["plain"], **fields: Any) -> Call:
    """Texts in one piece."""

    def made(url: str) -> Any:
        answer = written(url, prompt, **fields)
        choices = [[each.text, each.finish_reason, plain(each.logprobs)] for each in answer.choices]
        return {"model": answer.model, "usage": usage_of(answer.usage), "choices": choices}

    return made


def text_stream(prompt: Any = ASKED["plain"], **fields: Any) -> Call:
    """A text as it comes."""

    def made(url: str) -> Any:
        said: dict[str, str] = {}
        reasons: dict[str, Any] = {}
        for chunk in written(url, prompt, stream=True, **fields):
            for choice in chunk.choices:
                said[str(choice.index)] = said.get(str(choice.index), "") + (choice.text or "")
                reasons[str(choice.index)] = choice.finish_reason or reasons.get(str(choice.index))
        return {"text": said, "reasons": reasons}

    return made


def texts_at_once(url: str) -> Any:
    """Ten texts at the same time."""
    return at_once(lambda prompt: written(url, prompt, max_tokens=64).choices[0].text)


def calls() -> dict[str, Call]:
    """All calls on texts, by name."""
    return {
        "completion": text(),
        "completion-unicode": text(ASKED["unicode"], max_tokens=64),
        "completion-list": text(ASKED["prompts"]),
        "completion-choices": text(ASKED["prompts"], n=2),
        "completion-echo": text(echo=True),
        "completion-logprobs": text(logprobs=2),
        "completion-stop": text(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "completion-max-tokens": text(max_tokens=ASKED["cut"]),
        "completion-suffix": text(suffix=" and so on"),
        "completion-concurrent": texts_at_once,
        "completion-unknown-model": text(model="text-completion-openai/nobody"),
        "completion-stream": text_stream(),
        "completion-stream-unicode": text_stream(ASKED["unicode"], max_tokens=64),
        "completion-stream-list": text_stream(ASKED["prompts"]),
        "completion-stream-stop": text_stream(ASKED["stop"], stop=ASKED["stop_at"]),
        "completion-failing-stream": text_stream(model="text-completion-openai/echo-failing"),
    }
