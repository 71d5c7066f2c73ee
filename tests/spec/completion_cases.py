"""Requests and answers of completions whose verdict was decided by hand."""

from __future__ import annotations

from typing import Any

from tests.spec.case import each_change
from tests.spec.completion_seeds import ANSWER, CHOICE, LOGPROBS, PIECE
from tests.spec.request_cases import values

TEXT: dict[str, Any] = {"model": "echo", "prompt": "hello"}

COMPLETION_CASES = [
    *each_change(
        "CompletionRequest",
        TEXT,
        True,
        [
            {},
            *values("prompt", "", None, [""], ["a", "b"], [0], [5, 7.0], [[5]], [[5], [6, 7]]),
            *values("best_of", 0, 20, None),
            *values("echo", True, False, None),
            *values("logprobs", 0, 5, 5.0, None),
            *values("max_tokens", 0, 1, 10**12, None),
            *values("n", 1, 128, None),
            *values("suffix", "", "x", None),
            *values("stop", "a", ["a"], ["a", "b", "c", "d"], None),
            {"stream": True, "stream_options": {"include_usage": True}},
            {"stream_options": None},
            {"logit_bias": {"1": -100, "x": 0}},
            {"user": ""},
        ],
    ),
    *each_change(
        "CompletionRequest",
        TEXT,
        False,
        [
            *values("prompt", 5, True, {}, [], [[]], [None], [True], [5, "a"], ["a", ["b"]], [[5], "a"], [1.5]),
            *values("best_of", -1, 21, "2"),
            *values("echo", 1, "true"),
            *values("logprobs", True, -1, 6, 1.5),
            *values("max_tokens", -1, "16", True),
            *values("n", 0, 129),
            *values("suffix", 5, ["x"]),
            *values("stop", "", [], [""], ["a", "b", "c", "d", "e"]),
            {"stream_options": {"include_usage": True}},
            {"stream_options": {"include_usage": True}, "stream": False},
            {"user": None},
            {"messages": []},
            {"max_completion_tokens": 5},
        ],
    ),
    *each_change(
        "Completion",
        ANSWER,
        True,
        [
            {"system_fingerprint": None, "extra": 1},
            {"choices": [{"index": 0, "text": "x", "finish_reason": "content_filter"}]},
            {"choices": [{**CHOICE, "logprobs": None}]},
            {"choices": [{**CHOICE, "logprobs": {}}]},
        ],
    ),
    *each_change(
        "Completion",
        ANSWER,
        False,
        [
            {"id": ""},
            {"object": "chat.completion"},
            {"choices": []},
            {"usage": None},
            *[{"choices": [{**CHOICE, "finish_reason": each}]} for each in (None, "tool_calls", "eos", "")],
            *[{"choices": [{**CHOICE, "index": each}]} for each in (-1, None, "0")],
            *[{"choices": [{**CHOICE, "text": each}]} for each in (None, ["x"], 5)],
            {"choices": [{**CHOICE, "logprobs": {**LOGPROBS, "token_logprobs": ["-0.1", 1]}}]},
            {"choices": [{**CHOICE, "logprobs": {**LOGPROBS, "top_logprobs": [{"a": None}]}}]},
            {"choices": [{**CHOICE, "logprobs": {**LOGPROBS, "text_offset": [-1]}}]},
            {"choices": [{**CHOICE, "logprobs": {**LOGPROBS, "tokens": [5]}}]},
        ],
    ),
    *each_change("CompletionChunk", PIECE, True, [{"choices": []}, {"usage": {**ANSWER["usage"]}}]),
    *each_change(
        "CompletionChunk",
        PIECE,
        False,
        [{"choices": [{"index": 0, "text": "h"}]}, {"choices": [{"index": 0, "finish_reason": None}]}, {"usage": 5}],
    ),
]
