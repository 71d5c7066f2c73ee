"""Tool calls gone wrong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from wirecheck_reference.faults.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.parts import Answer, Asked, Event


@on_json(breaks=("tools.call-shape",), rows=("TOOL-04",))
def sends_arguments_as_an_object(document: dict[str, Any]) -> None:
    """Sends the arguments of a call as an object in place of its text."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])


@on_events(breaks=("tools.delta-shape",), rows=("TOOL-01",))
async def leaves_calls_without_index(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the deltas of calls without their `index`."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            for call in choice["delta"].get("tool_calls", ()):
                del call["index"]
        yield event


def _fragments(event: Event) -> Iterator[dict[str, Any]]:
    for choice in event.get("choices", ()) if isinstance(event, dict) else ():
        yield from choice["delta"].get("tool_calls", ())


def _choice(asked: Asked) -> Any:
    return asked.body.get("tool_choice") if isinstance(asked.body, dict) else None


@on_request(breaks=("tools.required",), rows=("TOOL-11",))
def calls_only_when_it_likes(asked: Asked) -> None:
    """Takes `required` for `auto`."""
    if _choice(asked) == "required":
        asked.body["tool_choice"] = "auto"


@on_request(breaks=("tools.named",), rows=("TOOL-11",))
def calls_another_function(asked: Asked) -> None:
    """Calls the first function where another is named."""
    if isinstance(_choice(asked), dict):
        asked.body["tool_choice"] = "required"


@on_request(breaks=("tools.none",), rows=("TOOL-12",))
def calls_though_forbidden(asked: Asked) -> None:
    """Takes `none` for `auto`."""
    if _choice(asked) == "none":
        asked.body["tool_choice"] = "auto"


@on_request(breaks=("tools.none",), rows=("TOOL-12",))
def calls_in_streams_though_forbidden(asked: Asked) -> None:
    """Takes `none` for `auto` in streams alone."""
    if _choice(asked) == "none" and asked.body.get("stream"):
        asked.body["tool_choice"] = "auto"


@on_request(breaks=("tools.none",), rows=("TOOL-12",))
def calls_in_the_older_way_though_forbidden(asked: Asked) -> None:
    """Takes tools that may not be called for functions that may."""
    if _choice(asked) == "none" and isinstance(asked.body.get("tools"), list):
        asked.body["functions"] = [tool.get("function") for tool in asked.body.pop("tools")]
        del asked.body["tool_choice"]


@on_documents(breaks=("tools.finish",), rows=("FIN-03",))
def stops_where_it_calls(document: dict[str, Any]) -> None:
    """Says `stop` though the answer holds calls."""
    for choice in document["choices"]:
        if choice["finish_reason"] == "tool_calls":
            choice["finish_reason"] = "stop"


@on_json(breaks=("tools.finish",), rows=("FIN-03",))
def stops_where_it_calls_two(document: dict[str, Any]) -> None:
    """Says `stop` where an answer holds two calls."""
    for choice in document["choices"]:
        if len(choice["message"].get("tool_calls", ())) > 1:
            choice["finish_reason"] = "stop"


def _finish_named_calls(document: dict[str, Any], reason: str) -> None:
    for choice in document["choices"]:
        if choice["finish_reason"] == "stop" and choice["message"].get("tool_calls"):
            choice["finish_reason"] = reason


@on_json(breaks=("tools.named-finish",))
def says_that_named_calls_are_cut(document: dict[str, Any]) -> None:
    """Says `length` of a whole call of the function that was named."""
    _finish_named_calls(document, "length")


@on_json(breaks=("tools.named-finish-equal",), rows=("FIN-04",))
def stops_named_calls_in_streams(document: dict[str, Any]) -> None:
    """Finishes a call of a named function with `tool_calls`, but with `stop` in a stream."""
    _finish_named_calls(document, "tool_calls")


@on_json(breaks=("tools.arguments",))
def leaves_arguments_empty(document: dict[str, Any]) -> None:
    """Sends calls with an empty text for their arguments."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = ""


@on_json(breaks=("tools.arguments",))
def cuts_arguments_off(document: dict[str, Any]) -> None:
    """Leaves the last character of the arguments out."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = call["function"]["arguments"][:-1]


def _forget_parameters(asked: Asked) -> None:
    for tool in asked.body["tools"]:
        function = tool.get("function") if isinstance(tool, dict) else None
        if isinstance(function, dict) and isinstance(function.get("parameters"), dict):
            function["parameters"] = {"type": "object"}


@on_request(breaks=("tools.arguments-fit",))
def calls_without_arguments(asked: Asked) -> None:
    """Calls functions without the arguments that they require."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("tools"), list):
        _forget_parameters(asked)


@on_request(breaks=("tools.stream-equal",), rows=("SYN-03",))
def streams_calls_without_arguments(asked: Asked) -> None:
    """Calls without arguments in streams alone."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("tools"), list) and asked.body.get("stream"):
        _forget_parameters(asked)


@on_request(breaks=("tools.stream-equal",), rows=("SYN-05",))
def calls_nothing_in_streams(asked: Asked) -> None:
    """Answers with text in streams where it makes calls elsewhere."""
    if _choice(asked) in ("required", "auto") and asked.body.get("stream"):
        asked.body["tool_choice"] = "none"


@on_events(breaks=("tools.stream-equal",), rows=("SYN-05",))
async def loses_calls_in_streams(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams the first call of an answer alone."""
    async for event in events:
        if all(call["index"] == 0 for call in _fragments(event)):
            yield event


@on_request(breaks=("tools.stream-equal",), rows=("TOOL-11",))
def calls_another_function_in_streams(asked: Asked) -> None:
    """Calls the first function in a stream where another is named."""
    if isinstance(_choice(asked), dict) and asked.body.get("stream"):
        asked.body["tool_choice"] = "required"


@on_request(breaks=("tools.offered",))
def calls_what_nobody_offers(asked: Asked) -> None:
    """Calls a function of its own where it must call one."""
    if _choice(asked) == "required" and isinstance(asked.body["tools"], list):
        for tool in asked.body["tools"]:
            tool["function"]["name"] = "lookup"


@on_documents(breaks=("tools.ids",), rows=("TOOL-09",))
def gives_all_calls_one_id(document: dict[str, Any]) -> None:
    """Gives every call of an answer the same id."""
    for choice in document["choices"]:
        for call in choice.get("message", choice.get("delta")).get("tool_calls", ()):
            if "id" in call:
                call["id"] = "call_1"


@on_events(breaks=("tools.stream-index",), rows=("TOOL-02",))
async def counts_calls_from_one(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives the first call of a stream the index 1."""
    async for event in events:
        for call in _fragments(event):
            call["index"] += 1
        yield event


@on_events(breaks=("tools.stream-index",), rows=("TOOL-02",))
async def counts_no_calls(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every call of a stream the index 0."""
    async for event in events:
        for call in _fragments(event):
            call["index"] = 0
        yield event


@on_events(breaks=("tools.delta-shape",), rows=("TOOL-03",))
async def sends_a_call_as_an_object(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `delta.tool_calls` as an object where a stream calls one function."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if choice["delta"].get("tool_calls"):
                choice["delta"]["tool_calls"] = choice["delta"]["tool_calls"][0]
        yield event


@on_events(breaks=("tools.stream-first",), rows=("TOOL-08",))
async def names_a_call_late(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the name of a call with its second delta."""
    names: dict[int, str] = {}
    async for event in events:
        for call in _fragments(event):
            if "name" in call["function"]:
                names[call["index"]] = call["function"].pop("name")
            elif call["index"] in names:
                call["function"]["name"] = names.pop(call["index"])
        yield event


@on_events(breaks=("tools.stream-first",), rows=("TOOL-08",))
async def names_the_first_call_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams the second call of an answer without its name."""
    async for event in events:
        for call in _fragments(event):
            if call["index"] > 0:
                call["function"].pop("name", None)
        yield event


@on_events(breaks=("tools.stream-name-once",), rows=("TOOL-07",))
async def names_a_call_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends an empty name with the later deltas of a call."""
    async for event in events:
        for call in _fragments(event):
            call["function"].setdefault("name", "")
        yield event


@on_events(breaks=("tools.stream-id-once",), rows=("TOOL-10",))
async def identifies_a_call_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends an empty id with the later deltas of a call."""
    async for event in events:
        for call in _fragments(event):
            call.setdefault("id", "")
        yield event


@on_events(breaks=("tools.stream-arguments",), rows=("TOOL-05", "TOOL-06"))
async def sends_arguments_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends each fragment of the arguments twice."""
    async for event in events:
        yield event
        if any(call["function"].get("arguments") for call in _fragments(event)):
            yield event


@on_request(breaks=("tools.result",), rows=("REJ-01",))
def wants_content_beside_calls(asked: Asked) -> None:
    """Refuses assistant messages whose content is null."""
    messages = asked.body.get("messages") if isinstance(asked.body, dict) else None
    for message in messages if isinstance(messages, list) else ():
        if isinstance(message, dict) and message.get("tool_calls") and message.get("content") is None:
            message["content"] = 5


@on_request(breaks=("tools.result",), rows=("REJ-01",))
def wants_null_beside_calls(asked: Asked) -> None:
    """Refuses assistant messages that leave their content out."""
    messages = asked.body.get("messages") if isinstance(asked.body, dict) else None
    for message in messages if isinstance(messages, list) else ():
        if isinstance(message, dict) and message.get("tool_calls") and "content" not in message:
            message["content"] = 5


@on_answer(breaks=("tools.broken-history",))
def calls_a_broken_history_a_conflict(answer: Answer) -> None:
    """Answers 409 to a history whose call was cut off."""
    if answer.status == 400 and b"arguments" in answer.body:
        answer.status = 409
