"""Tool calls: choice, arguments, streams, the turn after; the older functions; custom tools."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from tests.reference.child import Child

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string", "minLength": 1}, "days": {"type": "integer", "minimum": 2}},
    "required": ["city", "days"],
    "additionalProperties": False,
}


def function(name: str, parameters: Any = SCHEMA) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


TOOLS = [function("get_weather"), function("get_time")]
BOTH = "Call get_time for Paris and call get_weather for Paris."
NAMED = {"type": "function", "function": {"name": "get_time"}}


def allowed(mode: str) -> dict[str, Any]:
    return {"type": "allowed_tools", "allowed_tools": {"mode": mode, "tools": [NAMED]}}


@pytest.mark.parametrize(
    ("prompt", "choice", "parallel", "called", "reason"),
    [
        ("hello", "required", True, ["get_weather"], "tool_calls"),
        (BOTH, "required", True, ["get_time", "get_weather"], "tool_calls"),
        (BOTH, "auto", True, ["get_time", "get_weather"], "tool_calls"),
        (BOTH, "auto", False, ["get_time"], "tool_calls"),
        (BOTH, None, True, ["get_time", "get_weather"], "tool_calls"),
        ("hello", "auto", True, [], "stop"),
        ("my_get_time is no name of these", "auto", True, [], "stop"),
        (BOTH, "none", True, [], "stop"),
        (BOTH, NAMED, True, ["get_time"], "stop"),
        (BOTH, allowed("auto"), True, ["get_time"], "tool_calls"),
        ("hello", allowed("auto"), True, [], "stop"),
        ("hello", allowed("required"), True, ["get_time"], "tool_calls"),
    ],
)
def test_choices(server: Child, prompt: str, choice: Any, parallel: bool, called: list[str], reason: str) -> None:
    fields = {"tools": TOOLS, "parallel_tool_calls": parallel} | ({"tool_choice": choice} if choice else {})
    answer = server.said(prompt, **fields)
    calls = answer["message"].get("tool_calls", [])
    assert [call["function"]["name"] for call in calls] == called
    assert answer["finish_reason"] == reason
    assert answer["message"]["content"] == (None if called else prompt)
    assert len({call["id"] for call in calls}) == len(calls)
    for call in calls:
        assert jsonschema_rs.is_valid(SCHEMA, json.loads(call["function"]["arguments"]))


def test_a_stream_carries_the_same_calls(server: Child) -> None:
    fields: dict[str, Any] = {"tools": TOOLS, "tool_choice": "required"}
    whole = server.said(BOTH, **fields)["message"]["tool_calls"]
    *chunks, _ = server.events(BOTH, **fields)
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": None}
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"
    deltas = [call for chunk in chunks for call in chunk["choices"][0]["delta"].get("tool_calls", ())]
    for index, call in enumerate(whole):
        first, *later = [delta for delta in deltas if delta["index"] == index]
        assert first["id"].startswith("call_")
        assert (first["type"], first["function"]) == ("function", {"name": call["function"]["name"], "arguments": ""})
        assert all(delta.keys() == {"index", "function"} for delta in later)
        assert all(delta["function"].keys() == {"arguments"} for delta in later)
        assert len(later) > 1
        assert "".join(delta["function"]["arguments"] for delta in later) == call["function"]["arguments"]


def test_the_result_of_a_call_is_repeated(server: Child) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": "What does get_time say?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": "Noon."},
    ]
    answer = server.said(messages=messages, tools=TOOLS)
    assert (answer["message"]["content"], answer["finish_reason"]) == ("Noon.", "stop")


@pytest.mark.parametrize("fields", [{"function_call": "auto"}, {"function_call": {"name": "get_time"}}])
def test_the_older_functions(server: Child, fields: dict[str, Any]) -> None:
    functions = [tool["function"] for tool in TOOLS]
    whole = server.said("get_time, please", functions=functions, **fields)
    call = whole["message"]["function_call"]
    assert call["name"] == "get_time"
    assert jsonschema_rs.is_valid(SCHEMA, json.loads(call["arguments"]))
    assert whole["finish_reason"] == ("function_call" if fields["function_call"] == "auto" else "stop")
    *chunks, _ = server.events("get_time, please", functions=functions, **fields)
    deltas = [chunk["choices"][0]["delta"].get("function_call", {}) for chunk in chunks]
    assert "".join(delta.get("arguments", "") for delta in deltas) == call["arguments"]


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (None, "run it"),
        ({"type": "text"}, "run it"),
        ({"type": "grammar", "grammar": {"syntax": "regex", "definition": "[a-c]{3}[0-9]+"}}, "aaa0"),
    ],
)
def test_custom_tools(server: Child, form: Any, given: str) -> None:
    tool = {"type": "custom", "custom": {"name": "run", **({"format": form} if form else {})}}
    (call,) = server.said("run it", tools=[tool])["message"]["tool_calls"]
    assert (call["type"], call["custom"]) == ("custom", {"name": "run", "input": given})


@pytest.mark.parametrize(
    ("grammar", "param"),
    [
        ({"syntax": "regex", "definition": "(a+)+b(?<!b)"}, "definition"),
        ({"syntax": "regex", "definition": "("}, "definition"),
        ({"syntax": "lark", "definition": "start: WORD"}, "syntax"),
    ],
)
def test_grammars_that_cannot_be_used_are_refused(server: Child, grammar: dict[str, str], param: str) -> None:
    tool = {"type": "custom", "custom": {"name": "run", "format": {"type": "grammar", "grammar": grammar}}}
    answer = server.chat("run it", tools=[tool])
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, f"tools.0.custom.format.grammar.{param}")


def test_calls_are_cut_as_texts_are(server: Child) -> None:
    answer = server.chat(BOTH, tools=TOOLS, max_tokens=3).json()
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 3


@pytest.mark.parametrize("schema", [{"type": "string"}, {"$ref": "#/nowhere"}, {"type": 7}])
def test_parameters_that_cannot_be_used_are_refused(server: Child, schema: Any) -> None:
    answer = server.chat(tools=[function("get_weather", schema)], tool_choice="required")
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "tools.0.function.parameters")


def test_deep_parameters_do_no_harm(server: Child) -> None:
    schema: dict[str, Any] = {"type": "object"}
    for _ in range(60):
        schema = {"type": "object", "properties": {"a": schema}, "required": ["a"]}
    answer = server.chat(tools=[function("get_weather", schema)], tool_choice="required")
    assert answer.status_code == 400
