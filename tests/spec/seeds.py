"""Valid documents of the contract that, between them, use every field of every schema. Knows no validator.

They are the contract's own examples of bodies and answers, unless documents for a component stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.spec import completion_seeds
from tests.spec.contract import document
from tests.spec.request_seeds import EPOCH, REQUESTS

DETAILS: dict[str, Any] = {
    "prompt_tokens_details": {
        "audio_tokens": 0,
        "cache_write_tokens": 1,
        "cached_tokens": None,
        "image_tokens": 0,
        "text_tokens": 8,
    },
    "completion_tokens_details": {
        "accepted_prediction_tokens": 0,
        "audio_tokens": None,
        "reasoning_tokens": 3,
        "rejected_prediction_tokens": 0,
        "text_tokens": 1,
    },
}
USAGE: dict[str, Any] = {"prompt_tokens": 8, "completion_tokens": 4, "total_tokens": 12, "cost_usd": 0.00001, **DETAILS}
TOP: dict[str, Any] = {"token": "h", "logprob": -1.5, "bytes": [104]}
LOGPROBS: dict[str, Any] = {
    "content": [{"token": "hi", "logprob": -0.1, "bytes": [104, 105], "top_logprobs": [TOP]}],
    "refusal": [{"token": "n", "logprob": -9999.0, "bytes": None, "top_logprobs": []}],
}
MODERATION: dict[str, Any] = {
    "input": {
        "type": "moderation_results",
        "model": "m",
        "results": [
            {
                "type": "moderation_result",
                "model": "m",
                "flagged": False,
                "categories": {"harm": False},
                "category_scores": {"harm": 0.01},
                "category_applied_input_types": {"harm": ["text", "image"]},
            }
        ],
    },
    "output": {"type": "error", "code": "server_error", "message": "It failed."},
}
MESSAGE: dict[str, Any] = {
    "role": "assistant",
    "content": "hi",
    "refusal": None,
    "function_call": {"name": "f", "arguments": "{}"},
    "annotations": [
        {
            "type": "url_citation",
            "url_citation": {"url": "https://e.org", "title": "E", "start_index": 0, "end_index": 2},
        }
    ],
    "audio": {"id": "a", "data": "UklGRg==", "expires_at": EPOCH, "transcript": "hi"},
    "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}},
        {"id": "c2", "type": "custom", "custom": {"name": "c", "input": "x"}},
    ],
}
HEAD: dict[str, Any] = {
    "id": "chatcmpl-1",
    "created": EPOCH,
    "model": "echo",
    "system_fingerprint": "fp_1",
    "service_tier": "default",
}
CHUNK: dict[str, Any] = {**HEAD, "object": "chat.completion.chunk"}
MODEL: dict[str, Any] = {
    "id": "wirecheck/echo",
    "object": "model",
    "created": EPOCH,
    "owned_by": "wirecheck",
    "provider": "wirecheck",
    "context_window": 8192,
    "max_output_tokens": 4096,
    "capabilities": ["chat", "tools"],
    "price": {
        "input_usd_per_million_tokens": 0.5,
        "output_usd_per_million_tokens": 1,
        "cached_input_usd_per_million_tokens": 0,
    },
    "shutdown_date": None,
}
ERROR: dict[str, Any] = {
    "message": "It holds 9 tokens.",
    "type": "invalid_request_error",
    "param": "messages.0",
    "code": "too_long",
}

_BY_HAND: dict[str, list[dict[str, Any]]] = {
    "ChatCompletionRequest": REQUESTS,
    "ChatCompletion": [
        {
            **HEAD,
            "object": "chat.completion",
            "choices": [
                {"index": 0, "message": MESSAGE, "finish_reason": "tool_calls", "logprobs": LOGPROBS},
                {"index": 1, "message": {"role": "assistant", "content": None}, "finish_reason": "length"},
            ],
            "usage": USAGE,
            "metadata": {"run": "nightly"},
            "moderation": MODERATION,
            "a_field_of_the_servers_own": {"x": 1},
        }
    ],
    "ChatCompletionChunk": [
        {
            **CHUNK,
            "choices": [
                {
                    "index": 0,
                    "delta": {
                        "role": "assistant",
                        "content": "",
                        "refusal": None,
                        "function_call": {"name": "f", "arguments": ""},
                        "audio": {"id": "a", "data": "UklG", "expires_at": EPOCH, "transcript": "h"},
                        "tool_calls": [
                            {
                                "index": 0,
                                "id": "c1",
                                "type": "function",
                                "function": {"name": "f", "arguments": ""},
                                "custom": {"name": "c", "input": ""},
                            },
                            {"index": 0, "id": None, "type": None, "function": None, "custom": None},
                        ],
                    },
                    "finish_reason": None,
                    "logprobs": LOGPROBS,
                },
                {"index": 1, "delta": {}, "finish_reason": "stop"},
            ],
            "usage": None,
            "moderation": MODERATION,
            "obfuscation": "xxxx",
        },
        {**CHUNK, "choices": [], "usage": USAGE},
    ],
    "ErrorResponse": [
        {"error": {**ERROR, "details": {"tokens_used": 9, "max_tokens": 8}}, "request_id": "req_1"},
        {"error": {**ERROR, "param": None, "code": None}},
    ],
    "Model": [MODEL],
    "ModelList": [{"object": "list", "data": [MODEL], "has_more": False, "first_id": "a", "last_id": None}],
    "FileUploadRequest": [
        {"file": "x", "purpose": "batch", "expires_after[anchor]": "created_at", "expires_after[seconds]": 3600},
        {"file": "x", "purpose": "evals"},
    ],
    "File": [
        {
            "id": "file-1",
            "object": "file",
            "bytes": 0,
            "created_at": EPOCH,
            "expires_at": EPOCH,
            "filename": "",
            "purpose": "batch_output",
            "status": "error",
            "status_details": "It is no JSONL.",
        }
    ],
    "Health": [
        {
            "status": "ok",
            "version": "0.1.0",
            "uptime_seconds": 1.5,
            "active_requests": 0,
            "providers": [{"id": "wirecheck", "status": "degraded", "message": "Slow."}],
        }
    ],
    "OpenapiDocument": [{"openapi": "3.2.0", "info": {"title": "T", "version": "1"}, "paths": {}}],
}


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document()
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def _bodies() -> Iterator[dict[str, Any]]:
    """The bodies and answers of all operations and webhooks, each with its media types."""
    for item in (*document()["paths"].values(), *document()["webhooks"].values()):
        for operation in item.values():
            if "responses" in operation:
                yield from map(_resolved, operation["responses"].values())
                yield _resolved(operation.get("requestBody", {}))


def _examples() -> dict[str, list[dict[str, Any]]]:
    """The examples of JSON bodies by the component that they follow."""
    found: dict[str, list[dict[str, Any]]] = {}
    for body in _bodies():
        media = body.get("content", {}).get("application/json", {})
        name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
        values = [_resolved(each)["value"] for each in media.get("examples", {}).values()]
        if name and values:
            found.setdefault(name, []).extend(values)
    return found


SEEDS: dict[str, list[dict[str, Any]]] = {**_examples(), **_BY_HAND, **completion_seeds.SEEDS}
