"""Generated chat bodies, made cheap to answer and free of what a model may lack. No I/O, no generator."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.chat.asking import repeat
from wirecheck.areas.chat.dialect import dialect
from wirecheck.asking.target import Target
from wirecheck.contract.document import document

# What one choice of a generated request may cost in tokens, and how many choices it may ask for.
MOST_TOKENS: Final = 16
MOST_CHOICES: Final = 2

_REQUEST: Final = "ChatCompletionRequest"
_TEXT: Final = repeat("wirecheck")
_ASKS: Final = {"role": "user", "content": _TEXT}
_ROLES: Final = ("user", "assistant")
_SPECIAL: Final = frozenset(
    [
        "audio",
        "function_call",
        "functions",
        "logit_bias",
        "logprobs",
        "metadata",
        "modalities",
        "moderation",
        "n",
        "prediction",
        "prompt_cache_options",
        "response_format",
        "service_tier",
        "store",
        "tool_choice",
        "tools",
        "top_logprobs",
        "web_search_options",
    ]
)

SMALLEST: Final = {"model": "model", "messages": [_ASKS]}

# What every chat server reads. A server that ignores what it does not know cannot be held to the rest.
COMMON: Final = (
    r"model|messages(\.\d+(\.(role|content))?)?|temperature|top_p|n|stop(\.\d+)?|stream|seed|max_tokens"
    r"|max_completion_tokens|presence_penalty|frequency_penalty"
)
TOOLS: Final = r"(tools|tool_choice|parallel_tool_calls)(\..*)?"
FORMAT: Final = r"response_format(\..*)?"
LOGPROBS: Final = r"logprobs|top_logprobs"


def pardons(body: dict[str, Any]) -> dict[str, Any]:
    """The body without what `validation.stream-options` judges: options of a stream where no stream is asked for."""
    return {**body, "stream": True} if "stream_options" in body and not body.get("stream") else body


def plain(body: Any) -> Any:
    """A valid body with nothing in it that a model may lack or a server may look into: what any of them can answer.

    Images, sound, searches, tools by name, earlier calls, token ids, schemas: no JSON Schema says which of these a
    server can serve. Other roles, logprobs and content in parts are asked by probes: `chat.system-role`,
    `logprobs.given`, `chat.text-parts`. A body that would not be valid without them is returned unchanged.
    """
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return body
    lean = {name: value for name, value in body.items() if name not in _SPECIAL}
    lean["messages"] = [_plain_message(each) for each in body["messages"] if _at(each, "role") in _ROLES] or [_ASKS]
    return lean if document().validator(_REQUEST).is_valid(lean) else body


def cheap(body: dict[str, Any]) -> dict[str, Any]:
    """The body with few tokens and few choices asked for, and nothing to be stored; broken fields stay as they are."""
    body = dict(body)
    if body.get("store") is True:
        body["store"] = False
    for name in ("max_tokens", "max_completion_tokens"):
        if _number(body.get(name)) and body[name] > MOST_TOKENS:
            body[name] = MOST_TOKENS
    if body.get("max_tokens") is None and body.get("max_completion_tokens") is None:
        body["max_tokens"] = MOST_TOKENS
    if _number(body.get("n")) and MOST_CHOICES < body["n"] <= 128:
        body["n"] = MOST_CHOICES
    return body


def spoken(body: dict[str, Any], target: Target) -> dict[str, Any]:
    """The body in the model's dialect; a broken one keeps all that may be its break."""
    whole = document().validator(_REQUEST).is_valid(body)
    return dialect(target).of(body) if whole or body.get("max_tokens") == MOST_TOKENS else body


def _plain_message(message: dict[str, Any]) -> dict[str, Any]:
    content = message.get("content")
    return {"role": message["role"], "content": content if isinstance(content, str) and content else _TEXT}


def _at(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
