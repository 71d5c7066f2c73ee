"""Answers whose verdict was decided by hand."""

from __future__ import annotations

from typing import Any

from tests.spec.case import Case, each_change
from tests.spec.seeds import CHUNK, ERROR, HEAD, LOGPROBS, MODEL, USAGE

ANSWER: dict[str, Any] = {
    **HEAD,
    "object": "chat.completion",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "hi"}, "finish_reason": "stop"}],
    "usage": USAGE,
}
PIECE: dict[str, Any] = {**CHUNK, "choices": [{"index": 0, "delta": {}, "finish_reason": None}]}

CHOICE: dict[str, Any] = ANSWER["choices"][0]
ANSWERS = [
    *each_change(
        "ChatCompletion",
        ANSWER,
        True,
        [
            {"created": 0},
            {"created": 1767225600.0},
            {"created": 9999999999},
            {"extra": None, "service_tier": None, "system_fingerprint": None},
            {"choices": [{**CHOICE, "logprobs": None}]},
            {"choices": [{**CHOICE, "logprobs": LOGPROBS}]},
            {"choices": [{**CHOICE, "message": {"role": "assistant", "content": None, "reasoning": "x"}}]},
            {"choices": [{**CHOICE, "message": {"role": "assistant", "content": "x", "tool_calls": []}}]},
            {"choices": [{**CHOICE, "message": {"role": "assistant", "content": "x", "tool_calls": None}}]},
            {"usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}},
            {"usage": {**USAGE, "completion_tokens_details": None}},
        ],
    ),
    *each_change(
        "ChatCompletion",
        ANSWER,
        False,
        [
            {"id": ""},
            {"id": None},
            {"object": "chat.completion.chunk"},
            *[{"created": each} for each in (1767225600000, -1, 1.5, "1767225600", None)],
            {"model": ""},
            {"choices": []},
            {"choices": None},
            *[{"choices": [{**CHOICE, "finish_reason": each}]} for each in (None, "null", "eos", "")],
            *[{"choices": [{**CHOICE, "index": each}]} for each in (-1, None, "0", True)],
            {"choices": [{**CHOICE, "message": {"role": "assistant"}}]},
            {"choices": [{**CHOICE, "message": {"role": "user", "content": "x"}}]},
            {"choices": [{**CHOICE, "message": {"role": "assistant", "content": None, "tool_calls": {}}}]},
            {"choices": [{**CHOICE, "message": {"role": "assistant", "content": ["x"]}}]},
            {"usage": None},
            {"usage": {**USAGE, "total_tokens": -1}},
            {"usage": {"prompt_tokens": 1, "completion_tokens": 1}},
            {"service_tier": "gold"},
        ],
    ),
    *each_change(
        "ChatCompletionChunk",
        PIECE,
        True,
        [
            {"choices": []},
            {"usage": None},
            {"usage": USAGE},
            {"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0}]}, "finish_reason": "stop"}]},
            {"choices": [{"index": 0, "delta": {"content": None}, "finish_reason": None, "logprobs": None}]},
            {"choices": [{"index": 0, "delta": {"tool_calls": None}, "finish_reason": None}]},
        ],
    ),
    *each_change(
        "ChatCompletionChunk",
        PIECE,
        False,
        [
            {"choices": None},
            {"choices": [{"index": 0, "delta": {}}]},
            {"choices": [{"index": 0, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": None, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {}, "finish_reason": "null"}]},
            {"choices": [{"index": 0, "delta": {"role": "user"}, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {"tool_calls": {"index": 0}}, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {"tool_calls": [{"id": "c"}]}, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, "type": "FUNCTION"}]}}]},
            {"object": "text_completion"},
            {"id": ""},
            {"usage": {"prompt_tokens": 1}},
        ],
    ),
]

OTHERS = [
    *each_change(
        "ErrorBody",
        ERROR,
        True,
        [{"param": None, "code": None}, *[{"param": each} for each in ("", "N", "No", "Non", "None.x", "name", "NaN")]],
    ),
    *each_change(
        "ErrorBody",
        ERROR,
        False,
        [*[{key: "None"} for key in ("type", "param", "code")], {"code": 400}, {"message": ""}, {"type": None}],
    ),
    *[Case("ErrorResponse", text, False) for text in ("{}", "[]", "null", '"x"', '{"error": "x"}', '{"error": {}}')],
    *each_change("Model", MODEL, True, [{}, {"context_window": 1}, {"price": {**MODEL["price"], "extra": 1}}]),
    *each_change("Model", MODEL, False, [{"id": ""}, {"object": "list"}, {"created": "now"}, {"context_window": 0}]),
    *each_change("ModelList", {"object": "list", "data": [MODEL]}, True, [{}, {"data": []}, {"first_id": None}]),
    *each_change(
        "ModelList", {"object": "list", "data": [MODEL]}, False, [{"data": None}, {"data": {}}, {"has_more": 1}]
    ),
    *each_change("Health", {"status": "ok"}, True, [{}, {"anything": 1}]),
    *each_change("Health", {"status": "ok"}, False, [{"status": "OK"}, {"version": ""}, {"active_requests": -1}]),
]

EMBEDDING: dict[str, Any] = {"object": "embedding", "index": 0, "embedding": [0.5, -1, 0]}
ONE_VECTOR: dict[str, Any] = {
    "object": "list",
    "data": [EMBEDDING],
    "model": "m",
    "usage": {"prompt_tokens": 1, "total_tokens": 1},
}
EMBEDDINGS = [
    *each_change(
        "EmbeddingList",
        ONE_VECTOR,
        True,
        [
            {},
            {"data": []},
            {"data": [{**EMBEDDING, "embedding": "AAAAPwAAAL8AAAA/AAAAPw=="}]},
            {"data": [{**EMBEDDING, "embedding": "AAAAPw=="}, {**EMBEDDING, "truncated": False}]},
            {"usage": {"prompt_tokens": 0, "total_tokens": 0, "cost": 1}, "id": "x"},
        ],
    ),
    *each_change(
        "EmbeddingList",
        ONE_VECTOR,
        False,
        [
            {"object": "embedding"},
            {"data": {}},
            *[
                {"data": [{**EMBEDDING, "embedding": each}]}
                for each in ([], None, ["1"], [None], "", "AAAA", "!" * 8, 1)
            ],
            *[{"data": [{**EMBEDDING, "index": each}]} for each in (-1, 0.5, "0", None)],
            {"data": [{**EMBEDDING, "object": "list"}]},
            *[{"usage": each} for each in ({}, None, {"prompt_tokens": 1}, {"prompt_tokens": "1", "total_tokens": 1})],
            {"model": ""},
        ],
    ),
]

CALL: dict[str, Any] = {
    "id": "fc_1",
    "type": "function_call",
    "status": "completed",
    "call_id": "call_1",
    "name": "look",
    "arguments": "{",
}
CALL_OUTPUT: dict[str, Any] = {"id": "fco_1", "type": "function_call_output", "status": "completed", "output": ""}
SHOWN: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "user",
    "status": "completed",
    "content": [{"type": "input_image", "detail": "auto"}],
}
ITEMS = [
    *each_change(
        "ConversationItem",
        CALL,
        True,
        [{}, {"call_id": "", "async": None, "caller": {"type": "direct"}}, {"type": "web_search_call", "status": 1}],
    ),
    *each_change(
        "ConversationItem",
        CALL,
        False,
        [
            *({"id": ""}, {"status": "done"}, {"status": None}, {"arguments": {}}, {"call_id": None}, {"name": None}),
            *({"type": each} for each in ("message", "function_call_output", "reasoning", "", None)),
            *({"async": "no"}, {"caller": {}}),
        ],
    ),
    *each_change("ConversationItem", CALL_OUTPUT, True, [{}, {"call_id": None}, {"output": [{"type": "any"}]}]),
    *each_change("ConversationItem", CALL_OUTPUT, False, [{"output": None}, {"output": [{}]}, {"status": "failed"}]),
    *each_change("ConversationItem", {"id": "rs_1", "type": "reasoning"}, True, [{"summary": []}]),
    *each_change("ConversationItem", {"id": "rs_1", "type": "reasoning"}, False, [{}, {"summary": ["x"]}]),
    *each_change(
        "ConversationItem", SHOWN, True, [{}, {"content": [{"type": "text"}, {"type": "refusal", "refusal": ""}]}]
    ),
    *each_change(
        "ConversationItem",
        SHOWN,
        False,
        [{"content": [{"type": "input_image", "detail": each}]} for each in (None, 1)]
        + [{"content": [each]} for each in ({"type": "input_image"}, {"type": "input_file", "filename": 1})]
        + [{"content": [each]} for each in ({"type": "refusal"}, {"type": "refusal", "refusal": None})],
    ),
    *each_change("ConversationItem", {"id": "ws_1", "type": "web_search_call"}, True, [{}, {"action": None}]),
]


ANSWER_CASES = [*ANSWERS, *OTHERS, *EMBEDDINGS, *ITEMS]
