"""Tool calls gone wrong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

from wirecheck_reference.faults.chat.reading import messages_of, named_function, offered_functions, wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


def _fragments(event: Event) -> Iterator[dict[str, Any]]:
    for choice in event.get("choices", ()) if isinstance(event, dict) else ():
        yield from choice["delta"].get("tool_calls", ())


def _finish_named_calls(document: dict[str, Any], reason: str) -> None:
    for choice in document["choices"]:
        if choice["finish_reason"] == "stop" and choice["message"].get("tool_calls"):
            choice["finish_reason"] = reason


def _forget_parameters(request: Request) -> None:
    tools = request.field("tools")
    for tool in tools if isinstance(tools, list) else ():
        function = tool.get("function") if isinstance(tool, dict) else None
        if isinstance(function, dict) and isinstance(function.get("parameters"), dict):
            function["parameters"] = {"type": "object"}


@on_json(at="createChatCompletion", breaks=("tools.call-shape",), rows=("TOOL-04",))
def sends_arguments_as_an_object(document: dict[str, Any]) -> None:
    """Sends the arguments of a call as an object in place of its text."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            with suppress(ValueError):  # what a limit has cut stays as it is
                call["function"]["arguments"] = json.loads(call["function"]["arguments"])


@on_events(at="createChatCompletion", breaks=("tools.delta-shape",), rows=("TOOL-01",))
async def leaves_calls_without_index(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the deltas of calls without their `index`."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            for call in choice["delta"].get("tool_calls", ()):
                del call["index"]
        yield event


@on_request(at="createChatCompletion", breaks=("tools.required",), rows=("TOOL-11",))
def calls_only_when_it_likes(request: Request) -> None:
    """Takes `required` for `auto`."""
    if request.field("tool_choice") == "required":
        request.body["tool_choice"] = "auto"


@on_request(at="createChatCompletion", breaks=("tools.named",), rows=("TOOL-11",))
def calls_another_function(request: Request) -> None:
    """Calls the first function where another is named that is on offer."""
    if named_function(request) in offered_functions(request):
        request.body["tool_choice"] = "required"


@on_request(at="createChatCompletion", breaks=("tools.none",), rows=("TOOL-12",))
def calls_though_forbidden(request: Request) -> None:
    """Takes `none` for `auto`."""
    if request.field("tool_choice") == "none":
        request.body["tool_choice"] = "auto"


@on_request(at="createChatCompletion", breaks=("tools.none",), rows=("TOOL-12",))
def calls_in_streams_though_forbidden(request: Request) -> None:
    """Takes `none` for `auto` in streams alone."""
    if request.field("tool_choice") == "none" and wants_stream(request):
        request.body["tool_choice"] = "auto"


@on_request(at="createChatCompletion", breaks=("tools.none",), rows=("TOOL-12",))
def calls_in_the_older_way_though_forbidden(request: Request) -> None:
    """Takes tools that may not be called for functions that may."""
    tools = request.field("tools")
    if request.field("tool_choice") == "none" and isinstance(tools, list):
        request.body["functions"] = [tool.get("function") for tool in tools if isinstance(tool, dict)]
        del request.body["tools"], request.body["tool_choice"]


@on_documents(at="createChatCompletion", breaks=("tools.finish",), rows=("FIN-03",))
def stops_where_it_calls(document: dict[str, Any]) -> None:
    """Says `stop` though the answer holds calls."""
    for choice in document["choices"]:
        if choice["finish_reason"] == "tool_calls":
            choice["finish_reason"] = "stop"


@on_json(at="createChatCompletion", breaks=("tools.finish",), rows=("FIN-03",))
def stops_where_it_calls_two(document: dict[str, Any]) -> None:
    """Says `stop` where an answer holds two calls."""
    for choice in document["choices"]:
        if len(choice["message"].get("tool_calls", ())) > 1:
            choice["finish_reason"] = "stop"


@on_json(at="createChatCompletion", breaks=("tools.named-finish",))
def says_that_named_calls_are_cut(document: dict[str, Any]) -> None:
    """Says `length` of a whole call of the function that was named."""
    _finish_named_calls(document, "length")


@on_json(at="createChatCompletion", breaks=("tools.named-finish-equal",), rows=("FIN-04",))
def stops_named_calls_in_streams(document: dict[str, Any]) -> None:
    """Finishes a call of a named function with `tool_calls`, but with `stop` in a stream."""
    _finish_named_calls(document, "tool_calls")


@on_json(at="createChatCompletion", breaks=("tools.arguments",))
def leaves_arguments_empty(document: dict[str, Any]) -> None:
    """Sends calls with an empty text for their arguments."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = ""


@on_json(at="createChatCompletion", breaks=("tools.arguments",))
def cuts_arguments_off(document: dict[str, Any]) -> None:
    """Leaves the last character of the arguments out."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = call["function"]["arguments"][:-1]


@on_request(at="createChatCompletion", breaks=("tools.arguments-fit",))
def calls_without_arguments(request: Request) -> None:
    """Calls functions without the arguments that they require."""
    _forget_parameters(request)


@on_request(at="createChatCompletion", breaks=("tools.stream-equal",), rows=("SYN-03",))
def streams_calls_without_arguments(request: Request) -> None:
    """Calls without arguments in streams alone."""
    if wants_stream(request):
        _forget_parameters(request)


@on_request(at="createChatCompletion", breaks=("tools.stream-equal",), rows=("SYN-05",))
def calls_nothing_in_streams(request: Request) -> None:
    """Answers with text in streams where it makes calls elsewhere."""
    if request.field("tool_choice") in ("required", "auto") and wants_stream(request):
        request.body["tool_choice"] = "none"


@on_events(at="createChatCompletion", breaks=("tools.stream-equal",), rows=("SYN-05",))
async def loses_calls_in_streams(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams the first call of an answer alone."""
    async for event in events:
        if all(call["index"] == 0 for call in _fragments(event)):
            yield event


@on_request(at="createChatCompletion", breaks=("tools.stream-equal",), rows=("TOOL-11",))
def calls_another_function_in_streams(request: Request) -> None:
    """Calls the first function in a stream where another is named."""
    if isinstance(request.field("tool_choice"), dict) and wants_stream(request):
        request.body["tool_choice"] = "required"


@on_request(at="createChatCompletion", breaks=("tools.offered",))
def calls_what_nobody_offers(request: Request) -> None:
    """Calls a function of its own where it must call one."""
    tools = request.field("tools")
    for tool in tools if isinstance(tools, list) and request.field("tool_choice") == "required" else ():
        if isinstance(tool, dict) and isinstance(tool.get("function"), dict):
            tool["function"]["name"] = "lookup"


@on_documents(at="createChatCompletion", breaks=("tools.ids",), rows=("TOOL-09",))
def gives_all_calls_one_id(document: dict[str, Any]) -> None:
    """Gives every call of an answer the same id."""
    for choice in document["choices"]:
        for call in choice.get("message", choice.get("delta")).get("tool_calls", ()):
            if "id" in call:
                call["id"] = "call_1"


@on_events(at="createChatCompletion", breaks=("tools.stream-index",), rows=("TOOL-02",))
async def counts_calls_from_one(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives the first call of a stream the index 1."""
    async for event in events:
        for call in _fragments(event):
            call["index"] += 1
        yield event


@on_events(at="createChatCompletion", breaks=("tools.stream-index",), rows=("TOOL-02",))
async def counts_no_calls(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every call of a stream the index 0."""
    async for event in events:
        for call in _fragments(event):
            call["index"] = 0
        yield event


@on_events(at="createChatCompletion", breaks=("tools.delta-shape",), rows=("TOOL-03",))
async def sends_a_call_as_an_object(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `delta.tool_calls` as an object where a stream calls one function."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if choice["delta"].get("tool_calls"):
                choice["delta"]["tool_calls"] = choice["delta"]["tool_calls"][0]
        yield event


@on_events(at="createChatCompletion", breaks=("tools.stream-first",), rows=("TOOL-08",))
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


@on_events(at="createChatCompletion", breaks=("tools.stream-first",), rows=("TOOL-08",))
async def names_the_first_call_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams the second call of an answer without its name."""
    async for event in events:
        for call in _fragments(event):
            if call["index"] > 0:
                call["function"].pop("name", None)
        yield event


@on_events(at="createChatCompletion", breaks=("tools.stream-name-once",), rows=("TOOL-07",))
async def names_a_call_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends an empty name with the later deltas of a call."""
    async for event in events:
        for call in _fragments(event):
            call["function"].setdefault("name", "")
        yield event


@on_events(at="createChatCompletion", breaks=("tools.stream-id-once",), rows=("TOOL-10",))
async def identifies_a_call_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends an empty id with the later deltas of a call."""
    async for event in events:
        for call in _fragments(event):
            call.setdefault("id", "")
        yield event


@on_events(at="createChatCompletion", breaks=("tools.stream-arguments",), rows=("TOOL-05", "TOOL-06"))
async def sends_arguments_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends each fragment of the arguments twice."""
    async for event in events:
        yield event
        if any(call["function"].get("arguments") for call in _fragments(event)):
            yield event


@on_request(at="createChatCompletion", breaks=("tools.result",), rows=("REJ-01",))
def wants_content_beside_calls(request: Request) -> None:
    """Refuses assistant messages whose content is null."""
    for message in messages_of(request):
        if message.get("tool_calls") and message.get("content") is None:
            message["content"] = 5


@on_request(at="createChatCompletion", breaks=("tools.result",), rows=("REJ-01",))
def wants_null_beside_calls(request: Request) -> None:
    """Refuses assistant messages that leave their content out."""
    for message in messages_of(request):
        if message.get("tool_calls") and "content" not in message:
            message["content"] = 5


@on_answer(at="createChatCompletion", breaks=("errors.no-5xx",))
def falls_over_a_broken_history(answer: Answer) -> None:
    """Answers 500 to a history whose call was cut off."""
    if answer.status == 400 and str(answer.error.get("param")).endswith(".arguments"):
        answer.status = 500


@on_answer(at="createChatCompletion", breaks=("tools.broken-history",))
def calls_a_broken_history_a_conflict(answer: Answer) -> None:
    """Answers 409 to a history whose call was cut off."""
    if answer.status == 400 and str(answer.error.get("param")).endswith(".arguments"):
        answer.status = 409
