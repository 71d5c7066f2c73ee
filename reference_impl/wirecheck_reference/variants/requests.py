"""Requests read more kindly than the contract asks: what is advice may be left."""

from __future__ import annotations

import time
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import CHAT, on_answer, on_request

_SAID = "RFC 9110 section 15.5 (a server decides what it takes); OpenAI API reference (best effort)"


@cache
def _known() -> frozenset[str]:
    """The fields of a chat request."""
    document = from_json(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    return frozenset(document["components"]["schemas"]["ChatCompletionRequest"]["properties"])


@on_request("vLLM, llama.cpp, Ollama (fields that are not known are ignored)", at=CHAT)
def ignores_unknown_fields(request: Request) -> None:
    """Ignores fields that it does not know."""
    if isinstance(request.body, dict):
        for name in request.body.keys() - _known():
            del request.body[name]


@on_request(_SAID, at=CHAT)
def ignores_what_it_has_no_use_for(request: Request) -> None:
    """Ignores fields that ask for nothing a model has to do: user, service_tier, metadata of what is not stored."""
    for name in ("metadata", "user", "safety_identifier", "prompt_cache_key", "service_tier", "verbosity"):
        if request.has(name) and not (name == "metadata" and request.field("store") is True):
            del request.body[name]


@on_request(_SAID, at=CHAT)
def takes_stream_options_without_a_stream(request: Request) -> None:
    """Ignores `stream_options` where no stream is asked for."""
    if request.field("stream") is not True and request.has("stream_options"):
        del request.body["stream_options"]


@on_request("RFC 9110 section 8.3 (a recipient may sniff what a body is)", at=CHAT)
def reads_json_under_any_label(request: Request) -> None:
    """Reads a JSON body whatever it calls itself."""
    if request.body is not None:
        request.headers["content-type"] = "application/json"


@on_request("RFC 9110 section 11.1; RFC 6750 section 2.1 (other ways to send a key are not excluded)")
def takes_keys_in_other_headers(request: Request) -> None:
    """Takes a key from `api-key` or `x-api-key`, too."""
    for name in ("api-key", "x-api-key"):
        if request.headers.get(name) in request.keys and "authorization" not in request.headers:
            request.headers["authorization"] = f"Bearer {request.headers[name]}"


@on_answer("RFC 9110 section 15.5.14 (413 is for what a server will not process: another may)", at=CHAT)
def serves_whatever_its_size(answer: Answer) -> Answer | None:
    """Answers a body of any size, a large one by saying a few words."""
    if answer.status != 413:
        return None
    served = Answer(answer.request, 200, dict(answer.headers))
    served.document = _short(answer.request)
    return served


def _short(request: Request) -> dict[str, Any]:
    message = {"role": "assistant", "content": "That is a lot.", "refusal": None}
    usage = {"prompt_tokens": 4_000_000, "completion_tokens": 4, "total_tokens": 4_000_004}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        "id": "chatcmpl-large",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request.field("model") or "echo",
        "choices": [choice],
        "usage": usage,
    }
