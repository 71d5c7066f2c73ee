"""Tools that are taken in one way and refused in another."""

from __future__ import annotations

from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request


@on_request(at="createChatCompletion", breaks=("tools.every-choice",))
def refuses_to_make_sure_of_a_call(request: Request) -> None:
    """Refuses `tool_choice: required`."""
    if request.field("tool_choice") == "required":
        request.body["tool_choice"] = 5


@on_request(at="createChatCompletion", breaks=("tools.every-choice",))
def takes_tools_only_where_a_call_is_sure(request: Request) -> None:
    """Refuses `tool_choice: auto`."""
    if request.field("tool_choice") == "auto":
        request.body["tool_choice"] = 5


@on_request(at="createChatCompletion", breaks=("tools.every-choice",))
def knows_no_function_by_name(request: Request) -> None:
    """Refuses a `tool_choice` that names a function."""
    if isinstance(request.field("tool_choice"), dict):
        request.body["tool_choice"] = 5


@on_request(at="createChatCompletion", breaks=("tools.both-modes", "tools.result"))
def takes_no_tools_in_streams(request: Request) -> None:
    """Refuses tools where a stream is asked for."""
    if request.field("tools") and wants_stream(request):
        request.body["tools"] = 5


@on_request(at="createChatCompletion", breaks=("tools.both-modes", "tools.result"))
def takes_tools_in_streams_only(request: Request) -> None:
    """Refuses tools where no stream is asked for."""
    if request.field("tools") and not wants_stream(request):
        request.body["tools"] = 5
