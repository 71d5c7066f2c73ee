"""Tools off the main road gone wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.chat.reading import messages_of, named_function, offered_functions, wants_stream
from wirecheck_reference.faults.kinds.fault import on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Event, Request

_NINE: Final = re.compile("[a-zA-Z0-9]{9}")


@on_request(at="createChatCompletion", breaks=("tools.parallel-off",), rows=("TOOL-30",))
def calls_as_many_as_it_likes(request: Request) -> None:
    """Takes `parallel_tool_calls: false` for true."""
    if request.field("parallel_tool_calls") is False:
        del request.body["parallel_tool_calls"]


@on_request(at="createChatCompletion", breaks=("tools.parallel-off",), rows=("TOOL-30",))
def streams_as_many_calls_as_it_likes(request: Request) -> None:
    """Takes `parallel_tool_calls: false` for true in streams alone."""
    if request.field("parallel_tool_calls") is False and wants_stream(request):
        del request.body["parallel_tool_calls"]


@on_request(at="createChatCompletion", breaks=("tools.no-parameters",), rows=("TOOL-31",))
def wants_parameters(request: Request) -> None:
    """Refuses functions without `parameters`."""
    tools = request.field("tools")
    for tool in tools if isinstance(tools, list) else ():
        function = tool.get("function") if isinstance(tool, dict) else None
        if isinstance(function, dict) and "parameters" not in function:
            function["parameters"] = 5


@on_json(at="createChatCompletion", breaks=("tools.empty-arguments",), rows=("TOOL-32",))
def leaves_empty_arguments_out(document: dict[str, Any]) -> None:
    """Sends an empty text in place of `{}`."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            if call.get("function", {}).get("arguments") == "{}":
                call["function"]["arguments"] = ""


@on_events(at="createChatCompletion", breaks=("tools.empty-arguments",), rows=("TOOL-32",))
async def streams_no_empty_arguments(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams no arguments where there are none."""
    async for event in events:
        deltas = [choice["delta"] for choice in event.get("choices", ())] if isinstance(event, dict) else []
        calls = [call for delta in deltas for call in delta.get("tool_calls", ())]
        if not any(call.get("function", {}).get("arguments") == "{}" for call in calls):
            yield event


@on_request(at="createChatCompletion", breaks=("tools.unknown-choice",))
def calls_something_where_nothing_is_named(request: Request) -> None:
    """Takes a choice of a function that is not on offer for no choice."""
    name = named_function(request)
    if isinstance(name, str) and offered_functions(request) and name not in offered_functions(request):
        request.body["tool_choice"] = "auto"


@on_request(at="createChatCompletion", breaks=("tools.rounds",))
def wants_ids_of_nine_letters(request: Request) -> None:
    """Refuses results of calls whose ids are not of nine letters and digits, and gives others itself."""
    for message in messages_of(request):
        own = message.get("tool_call_id")
        if isinstance(own, str) and not _NINE.fullmatch(own):
            message["content"] = 5


@on_events(at="createChatCompletion", breaks=("stream.role-once",))
async def says_its_role_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the role with every delta."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["delta"]["role"] = "assistant"
        yield event


@on_json(at="createChatCompletion", breaks=("tools.text-beside",))
def says_nothing_where_it_calls(document: dict[str, Any]) -> None:
    """Leaves out the text beside calls, where no stream is asked for."""
    for choice in document["choices"]:
        if choice["message"].get("tool_calls"):
            choice["message"]["content"] = None


@on_events(at="createChatCompletion", breaks=("tools.text-beside",))
async def streams_calls_without_their_text(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the text beside calls out of streams."""
    said = [event async for event in events]
    calls = any(choice["delta"].get("tool_calls") for event in said for choice in _choices(event))
    for event in said:
        if not (calls and any(choice["delta"].get("content") for choice in _choices(event))):
            yield event


def _choices(event: Event) -> list[dict[str, Any]]:
    found = event.get("choices", []) if isinstance(event, dict) else []
    return [choice for choice in found if isinstance(choice.get("delta"), dict)]
