"""Requests whose verdict was decided by hand."""

from __future__ import annotations

import json
from typing import Any

from tests.spec.case import Case, each_change, each_text
from tests.spec.request_seeds import QUESTION


def values(field: str, *listed: Any) -> list[dict[str, Any]]:
    """A change for each value that one field is to have."""
    return [{field: value} for value in listed]


def _message(valid: bool, messages: list[Any]) -> list[Case]:
    base = {"model": "echo"}
    return [Case("ChatCompletionRequest", json.dumps({**base, "messages": [each]}), valid) for each in messages]


TOOL: dict[str, Any] = {"type": "function", "function": {"name": "f"}}
CALL: dict[str, Any] = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{"}}
CHAT: dict[str, Any] = {"model": "echo", "messages": [QUESTION]}
ACCEPTED_REQUESTS = each_change(
    "ChatCompletionRequest",
    CHAT,
    True,
    [
        {},
        *values("temperature", 0, 2, 1.5, 0.0, -0.0, None),
        *values("top_p", 0, 1, 0.5, None),
        *values("frequency_penalty", -2, 2, None),
        *values("presence_penalty", -2, 2, None),
        *values("n", 1, 128, 1.0, None),
        *values("max_tokens", 1, 2.0, 10**12, None),
        *values("stop", "a", " ", ["a"], ["a", "b", "c", "d"], None),
        *values("seed", -(2**63), 2**63 - 1, 0, None),
        {"logprobs": True, "top_logprobs": 0},
        {"logprobs": True, "top_logprobs": 20},
        {"logprobs": True},
        {"top_logprobs": None},
        {"logprobs": None, "top_logprobs": None},
        {"stream": True, "stream_options": {"include_usage": True}},
        {"stream": True, "stream_options": {}},
        {"stream_options": None},
        {"stream": None},
        {"logit_bias": {"1": -100, "2": 100, "x": 0}},
        {"metadata": {f"k{number}": "v" for number in range(16)}},
        {"metadata": {"k" * 64: "v" * 512}},
        {"metadata": {"😀" * 64: "😀" * 512}},
        {"tools": []},
        {"tools": [TOOL] * 128},
        {"tools": [TOOL], "tool_choice": "required"},
        {"tool_choice": "none"},
        {"tool_choice": "auto", "tools": []},
        {"tools": [TOOL], "tool_choice": TOOL},
        {"tools": [{"type": "function", "function": {"name": "a-Z_0" * 12 + "abcd"}}]},
        {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"$ref": "#/x", "type": 7}}}]},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {}}}},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n"}}},
        {"reasoning_effort": None},
        {"modalities": []},
        {"functions": [{"name": "f"}], "function_call": "none"},
        {"model": "wirecheck/echo"},
    ],
)

REFUSED_REQUESTS = each_change(
    "ChatCompletionRequest",
    CHAT,
    False,
    [
        {"messages": []},
        {"messages": None},
        {"messages": "hello"},
        {"messages": {"0": QUESTION}},
        *values("model", None, "", 1, "a\x00", "m" * 257),
        *values("temperature", -0.000001, 2.000001, "1", True, [1]),
        *values("top_p", -0.1, 1.1, "0.5", False),
        *values("frequency_penalty", -2.1, 2.1, "0"),
        *values("presence_penalty", -2.1, 2.1, {}),
        *values("n", 0, 129, 1.5, "1", True),
        *values("max_tokens", 0, -1, 1.5, "16"),
        *values("max_completion_tokens", 0, True, "16"),
        *values("stop", "", [], ["a"] * 5, [""], [1], 1, {"a": 1}),
        *values("seed", 2**63, -(2**63) - 1, 0.5, "7"),
        {"top_logprobs": 2},
        {"top_logprobs": 2, "logprobs": False},
        {"top_logprobs": 2, "logprobs": None},
        {"top_logprobs": 0, "logprobs": 1},
        {"logprobs": True, "top_logprobs": 21},
        {"logprobs": True, "top_logprobs": -1},
        {"logprobs": 1},
        {"stream_options": {}},
        {"stream_options": {"include_usage": True}, "stream": False},
        {"stream_options": {"include_usage": None}, "stream": True},
        {"stream_options": {"extra": 1}, "stream": True},
        *values("stream", 1, "true", 0, []),
        *[{"logit_bias": {"1": each}} for each in (101, -101)],
        *[{"logit_bias": {"1": each}} for each in (0.5, "1", None)],
        {"metadata": {f"k{number}": "v" for number in range(17)}},
        {"metadata": {"k" * 65: "v"}},
        {"metadata": {"k": "v" * 513}},
        {"metadata": {"k": 1}},
        {"metadata": {"k": None}},
        {"metadata": []},
        {"tools": [TOOL] * 129},
        {"tools": None},
        {"tool_choice": "required"},
        {"tool_choice": "required", "tools": []},
        {"tool_choice": TOOL},
        {"tool_choice": "any", "tools": [TOOL]},
        {"tool_choice": None},
        {"tool_choice": {"type": "function"}, "tools": [TOOL]},
        *[
            {"tools": [{"type": "function", "function": {"name": each}}]}
            for each in ("", "a b", "é", "x" * 65, "a\n", "a.b", None)
        ],
        {"tools": [{"type": "function"}]},
        {"tools": [{"type": "other", "function": {"name": "f"}}]},
        {"tools": [{"function": {"name": "f"}}]},
        {"tools": [{"type": "function", "function": {"name": "f", "parameters": []}}]},
        {"response_format": {"type": "xml"}},
        {"response_format": {"type": "json_schema"}},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema_": {}}}},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n", "strict": "yes"}}},
        {"response_format": None},
        {"response_format": "text"},
        {"reasoning_effort": "extreme"},
        {"parallel_tool_calls": None},
        {"functions": []},
        {"user": None},
        {"unknown_field": 1},
        {"max_token": 5},
    ],
)

MESSAGES = [
    *_message(
        True,
        [
            {"role": "user", "content": ""},
            {"role": "user", "content": "a\nb\t\u2028é😀"},
            {"role": "user", "content": [{"type": "text", "text": ""}]},
            {"role": "assistant", "content": None},
            {"role": "assistant", "content": None, "tool_calls": [CALL]},
            {"role": "assistant", "tool_calls": [CALL]},
            {"role": "assistant", "content": "x", "refusal": None, "annotations": [], "audio": None},
            {"role": "tool", "tool_call_id": "c", "content": ""},
            {"role": "function", "name": "f", "content": None},
        ],
    ),
    *_message(
        False,
        [
            None,
            "hello",
            {},
            {"role": "user"},
            {"content": "x"},
            {"role": "robot", "content": "x"},
            {"role": "User", "content": "x"},
            {"role": None, "content": "x"},
            {"role": "user", "content": None},
            {"role": "user", "content": 1},
            {"role": "user", "content": []},
            {"role": "user", "content": ["x"]},
            {"role": "user", "content": "a\x00b"},
            {"role": "user", "content": [{"type": "text", "text": "\x00"}]},
            {"role": "user", "content": [{"type": "text"}]},
            {"role": "user", "content": [{"text": "x"}]},
            {"role": "user", "content": [{"type": "refusal", "refusal": "x"}]},
            {"role": "user", "content": [{"type": "image_url", "image_url": "https://e.org"}]},
            {"role": "user", "content": "x", "tool_call_id": "c"},
            {"role": "system", "content": [{"type": "image_url", "image_url": {"url": "u"}}]},
            {"role": "assistant"},
            {"role": "assistant", "name": "x"},
            {"role": "assistant", "content": "x", "tool_calls": [{"id": "c", "type": "function"}]},
            {"role": "assistant", "content": "x", "tool_calls": {}},
            {"role": "tool", "content": "x"},
            {"role": "tool", "tool_call_id": "", "content": "x"},
            {"role": "tool", "tool_call_id": "c", "content": None},
            {"role": "function", "content": "x"},
        ],
    ),
]


TEXTS = [
    *each_text("ChatCompletionRequest", CHAT, True, ['"n": 1e0', '"n": 10.0e-1', '"temperature": 1E0', '"seed": -0']),
    *each_text("ChatCompletionRequest", CHAT, False, ['"temperature": 1e400', '"n": 1e300', '"n": 1e-1']),
    *each_text("ChatCompletionRequest", CHAT, True, ['"n": 1000, "n": 2']),
]

EMBED: dict[str, Any] = {"model": "hash-embed", "input": "hello"}
EMBEDDINGS = [
    *each_change(
        "EmbeddingRequest",
        EMBED,
        True,
        [
            {},
            *values("input", " ", "a" * 100_000, "日本語 🦊", ["a"], ["a"] * 2048, [0], [1.0, 2], [1] * 5000),
            *values("input", [[1]], [[1], [2, 3]], [[1]] * 2048),
            *values("encoding_format", "float", "base64", None),
            *values("dimensions", 1, 10**6, 3.0, None),
            *values("user", "", "u-1", None),
        ],
    ),
    *each_change(
        "EmbeddingRequest",
        EMBED,
        False,
        [
            *values("input", "", [], [""], ["a", ""], [[]], [[1], []], ["a"] * 2049, "a" * 100_001, "a\x00", ["\x00"]),
            *values("input", None, 1, True, {}, {"text": "a"}, [None], ["a", 1], [1, "a"], [[1], "a"], [[1], 1]),
            *values("input", [-1], [1.5], [True], [["a"]], [[[1]]], [{"text": "a"}], [[1.5]]),
            *values("encoding_format", "hex", "FLOAT", "", 1, ["float"]),
            *values("dimensions", 0, -1, 1.5, "3", True),
            *values("user", 1, {}),
            *values("model", None, "", 1),
            {"inputs": "a"},
            {"stream": True},
        ],
    ),
    *[Case("EmbeddingRequest", text, False) for text in ("{}", '{"model": "m"}', '{"input": "a"}', "[]", '"a"')],
]

_FILE: dict[str, Any] = {"file": "x", "purpose": "batch"}
_ANCHOR, _SECONDS = "expires_after[anchor]", "expires_after[seconds]"
FILES = [
    *each_change(
        "FileUploadRequest",
        _FILE,
        True,
        [
            {},
            *values("purpose", "user_data", "fine-tune"),
            *({_ANCHOR: "created_at", _SECONDS: each} for each in (3600, 2_592_000, 86_400.0)),
        ],
    ),
    *each_change(
        "FileUploadRequest",
        _FILE,
        False,
        [
            *({_ANCHOR: "created_at", _SECONDS: each} for each in (3599, 2_592_001, "3600", 3600.5, None, True)),
            *({_SECONDS: 3600, _ANCHOR: each} for each in ("last_active_at", "", None)),
            {_ANCHOR: "created_at"},
            {_SECONDS: 3600},
            *values("expires_after", {"anchor": "created_at", "seconds": 3600}, None),
            *values("purpose", "", "homework", "batch_output", None),
            *values("file", "", None, 1),
        ],
    ),
    *[Case("FileUploadRequest", text, False) for text in ("{}", '{"file": "x"}', '{"purpose": "batch"}')],
]

REQUEST_CASES = [*ACCEPTED_REQUESTS, *REFUSED_REQUESTS, *MESSAGES, *TEXTS, *EMBEDDINGS, *FILES]
