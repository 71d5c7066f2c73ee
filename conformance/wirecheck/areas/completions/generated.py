"""Generated requests for completions, made cheap to answer and free of what a model may lack. No I/O, no generator."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.chat import generated as chat
from wirecheck.areas.completions import asking
from wirecheck.asking.target import Target
from wirecheck.contract.document import document

# How many prompts of a list are sent.
MOST_PROMPTS: Final = 2

_REQUEST: Final = "CompletionRequest"
_TEXT: Final = "Repeat exactly: wirecheck"
# What a server may lack: it refuses that, and is right.
_SPECIAL: Final = ("best_of", "echo", "logit_bias", "logprobs", "suffix")

SMALLEST: Final = {"model": "model", "prompt": _TEXT}

# What every server reads that continues texts.
COMMON: Final = (
    r"model|prompt(\.\d+)*|temperature|top_p|n|stop(\.\d+)?|stream|seed|max_tokens|presence_penalty|frequency_penalty"
)


def pardons(body: dict[str, Any]) -> dict[str, Any]:
    """The body without what `validation.stream-options` judges, and with a prompt, which SDKs call optional.

    Without what `completions.empty-list` and `completions.spoiled-list` judge, too.
    """
    prompt = body.get("prompt", _TEXT)
    if isinstance(prompt, list):
        texts = [each for each in prompt if isinstance(each, str)]
        prompt = texts or prompt or _TEXT
    return chat.pardons({**body, "prompt": prompt})


def plain(body: Any) -> Any:
    """A valid body with nothing in it that a model may lack: prompts in words, and answers of a token at least.

    A body that would not be valid without the rest is returned unchanged.
    """
    if not isinstance(body, dict):
        return body
    lean = {name: value for name, value in body.items() if name not in _SPECIAL}
    prompt = lean.get("prompt")
    texts = isinstance(prompt, list) and bool(prompt) and all(isinstance(each, str) and each for each in prompt)
    lean["prompt"] = prompt if texts or (isinstance(prompt, str) and prompt) else _TEXT
    if lean.get("max_tokens") == 0:
        lean["max_tokens"] = 1
    return lean if document().validator(_REQUEST).is_valid(lean) else body


def cheap(body: dict[str, Any]) -> dict[str, Any]:
    """The body with few prompts, few tokens and few choices; broken fields stay as they are."""
    body = dict(body)
    prompt = body.get("prompt")
    if isinstance(prompt, list) and all(isinstance(each, str) for each in prompt):
        body["prompt"] = prompt[:MOST_PROMPTS]
    if body.get("max_tokens") is None or (_number(body["max_tokens"]) and body["max_tokens"] > chat.MOST_TOKENS):
        body["max_tokens"] = chat.MOST_TOKENS
    if _number(body.get("n")) and chat.MOST_CHOICES < body["n"] <= 128:
        body["n"] = chat.MOST_CHOICES
    return body


def spoken(body: dict[str, Any], target: Target) -> dict[str, Any]:
    """The body without what the model refuses; a broken one keeps all that may be its break."""
    whole = document().validator(_REQUEST).is_valid(body)
    return asking.spoken(body, target) if whole or body.get("max_tokens") == chat.MOST_TOKENS else body


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
