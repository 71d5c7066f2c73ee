"""Generated chat bodies, made cheap to answer and sharp in what they break. No I/O, no generator."""

from __future__ import annotations

from typing import Any, Final

from wirecheck import contract, oracle

CHAT: Final = "POST /v1/chat/completions"
_REQUEST: Final = "ChatCompletionRequest"

# What one choice of a generated request may cost in tokens, and how many choices it may ask for.
MOST_TOKENS: Final = 16
MOST_CHOICES: Final = 2

_TEXT: Final = "Repeat exactly: wirecheck"
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
        "prediction",
        "prompt_cache_options",
        "response_format",
        "service_tier",
        "tool_choice",
        "tools",
        "top_logprobs",
        "web_search_options",
    ]
)


def sharp(body: Any) -> Any:
    """A broken body without all that is not broken, so that nothing else in it can be the reason of a refusal.

    Of several broken fields the first stays. A body comes back as it is where it is valid, breaks nothing that must be
    refused, or is broken as a whole.
    """
    if not isinstance(body, dict) or oracle.forgivable(_REQUEST, body):
        return body
    fault = oracle.first_fault(_REQUEST, body)
    if fault is None or not fault.field:
        return body
    top = fault.field.split(".")[0]
    lean: dict[str, Any] = {"model": "model", "messages": [_ASKS]}
    if contract.validator("ModelId").is_valid(body.get("model")):
        lean["model"] = body["model"]
    if top in body:
        lean[top] = body[top]
    else:
        lean.pop(top, None)
    # Some breaks are a matter of two fields: alone neither is wrong.
    return lean if _broken(lean) else body


def _broken(body: dict[str, Any]) -> bool:
    return not contract.validator(_REQUEST).is_valid(body) and not oracle.forgivable(_REQUEST, body)


def plain(body: Any) -> Any:
    """A valid body with nothing in it that a model may lack or a server may look into: what any of them can answer.

    Images, sound, searches, tools by name, earlier calls, token ids, schemas: no JSON Schema says which of these a
    server can serve. What has a sentence of its own, such as other roles, logprobs and content in parts, is left
    to that. A body that would not be valid without them comes back as it is.
    """
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return body
    lean = {name: value for name, value in body.items() if name not in _SPECIAL}
    lean["messages"] = [_plain_message(each) for each in body["messages"] if _at(each, "role") in _ROLES] or [_ASKS]
    return lean if contract.validator(_REQUEST).is_valid(lean) else body


def _plain_message(message: dict[str, Any]) -> dict[str, Any]:
    content = message.get("content")
    return {"role": message["role"], "content": content if isinstance(content, str) and content else _TEXT}


def _at(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def cheap(body: Any, model: str, *, stream: bool | None = None) -> Any:
    """The body for a model that exists, with few tokens and few choices asked for; broken fields stay as they are.

    `stream`: what to set the field to, None to leave it.
    """
    if not isinstance(body, dict):
        return body
    body = dict(body)
    if model and contract.validator("ModelId").is_valid(body.get("model")):
        body["model"] = model
    for name in ("max_tokens", "max_completion_tokens"):
        if _number(body.get(name)) and body[name] > MOST_TOKENS:
            body[name] = MOST_TOKENS
    if body.get("max_tokens") is None and body.get("max_completion_tokens") is None:
        body["max_tokens"] = MOST_TOKENS
    if _number(body.get("n")) and MOST_CHOICES < body["n"] <= 128:
        body["n"] = MOST_CHOICES
    if stream is not None and (body.get("stream") is None or isinstance(body["stream"], bool)):
        body["stream"] = stream
    return body


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
