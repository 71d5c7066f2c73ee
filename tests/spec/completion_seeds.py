"""Valid requests and answers of completions that, between them, use every field. Knows no validator."""

from __future__ import annotations

from typing import Any

from tests.spec.request_seeds import EPOCH

REQUESTS: list[dict[str, Any]] = [
    {"model": "echo", "prompt": "Repeat exactly: hello"},
    {
        "model": "wirecheck/echo",
        "prompt": ["one", ""],
        "best_of": 2,
        "echo": True,
        "frequency_penalty": -0.5,
        "logit_bias": {"50256": -100},
        "logprobs": 5,
        "max_tokens": 0,
        "n": 2,
        "presence_penalty": 2,
        "seed": 7,
        "stop": ["END", "\n"],
        "stream": False,
        "suffix": " The end.",
        "temperature": 0.7,
        "top_p": 1,
        "user": "user-1",
    },
    {
        "model": "echo",
        "prompt": [[1, 2], [3]],
        "stream": True,
        "stream_options": {"include_usage": True, "include_obfuscation": False},
        "stop": "END",
    },
    {"model": "echo", "prompt": [1212, 318], "logprobs": None, "echo": None},
    {"model": "echo", "prompt": None},
]

LOGPROBS: dict[str, Any] = {
    "tokens": ["one", " one"],
    "token_logprobs": [None, -0.25],
    "top_logprobs": [None, {" one": -0.25, " two": -1}],
    "text_offset": [0, 3],
}
USAGE: dict[str, Any] = {"prompt_tokens": 8, "completion_tokens": 4, "total_tokens": 12}
HEAD: dict[str, Any] = {
    "id": "cmpl-1",
    "object": "text_completion",
    "created": EPOCH,
    "model": "echo",
    "system_fingerprint": "fp_1",
}
CHOICE: dict[str, Any] = {"index": 0, "text": "hi", "finish_reason": "stop", "logprobs": LOGPROBS}
BARE: dict[str, Any] = {
    "tokens": None,
    "token_logprobs": None,
    "top_logprobs": None,
    "text_offset": None,
}
ANSWER: dict[str, Any] = {
    **HEAD,
    "choices": [CHOICE, {"index": 1, "text": "", "finish_reason": "length", "logprobs": BARE}],
    "usage": USAGE,
    "a_field_of_the_servers_own": {"x": 1},
}
PIECE: dict[str, Any] = {
    **HEAD,
    "choices": [{"index": 0, "text": "h", "finish_reason": None, "logprobs": LOGPROBS}, CHOICE],
    "usage": None,
    "obfuscation": "xxxx",
}

SEEDS: dict[str, list[dict[str, Any]]] = {
    "CompletionRequest": REQUESTS,
    "Completion": [ANSWER],
    "CompletionChunk": [PIECE, {**HEAD, "choices": [], "usage": USAGE}],
}
