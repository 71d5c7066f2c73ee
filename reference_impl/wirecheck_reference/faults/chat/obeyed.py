"""Fields that are accepted and ignored."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request

# The contract's limits: what is beyond them is refused here too.
_MOST_CHOICES: Final = 128
_MOST_STOPS: Final = 4


def _without(request: Request, *fields: str) -> None:
    """Takes the fields out of a request that is an object."""
    for field in fields if isinstance(request.body, dict) else ():
        request.body.pop(field, None)


def _with_one_choice(request: Request) -> None:
    """Takes `n` out where it is one that the contract allows."""
    if isinstance(request.field("n"), int) and 1 < request.field("n") <= _MOST_CHOICES:
        _without(request, "n")


def _without_stops(request: Request) -> None:
    """Takes `stop` out where it is one that the contract allows."""
    stop = request.field("stop")
    strings = [stop] if isinstance(stop, str) else stop if isinstance(stop, list) else []
    if 0 < len(strings) <= _MOST_STOPS and all(isinstance(each, str) and each for each in strings):
        _without(request, "stop")


@on_request(at="createChatCompletion", breaks=("chat.obeyed",))
def ignores_tools(request: Request) -> None:
    """Takes tools and never calls any."""
    _without(request, "tools", "tool_choice", "parallel_tool_calls")


@on_request(at="createChatCompletion", breaks=("chat.obeyed",))
def ignores_response_formats(request: Request) -> None:
    """Takes any `response_format` and answers in prose."""
    _without(request, "response_format")


@on_request(at="createChatCompletion", breaks=("chat.obeyed",))
def ignores_json_mode_in_streams_too(request: Request) -> None:
    """Takes `json_object` and answers in prose, with and without a stream."""
    wanted = request.field("response_format")
    if isinstance(wanted, dict) and wanted.get("type") == "json_object":
        _without(request, "response_format")


@on_request(at="createChatCompletion", breaks=("chat.stop", "chat.stop-stream"))
def never_stops_at_a_string(request: Request) -> None:
    """Takes stop strings and stops at none."""
    _without_stops(request)


@on_request(at="createChatCompletion", breaks=("chat.obeyed",))
def ignores_logprobs(request: Request) -> None:
    """Takes `logprobs` and gives none."""
    _without(request, "logprobs", "top_logprobs")


@on_request(at="createChatCompletion", breaks=("chat.obeyed", "chat.stop", "chat.stop-stream"))
def ignores_all_but_the_messages(request: Request) -> None:
    """Answers with one text, whatever else is asked for."""
    _without(request, "tools", "tool_choice", "parallel_tool_calls", "response_format", "logprobs", "top_logprobs")
    _with_one_choice(request)
    _without_stops(request)


@on_request(at="createChatCompletion", breaks=("chat.obeyed-rest",))
def ignores_functions(request: Request) -> None:
    """Takes functions, as they were before tools, and calls none that is named."""
    choice, functions = request.field("function_call"), request.field("functions")
    names = [each.get("name") for each in functions if isinstance(each, dict)] if isinstance(functions, list) else []
    if isinstance(choice, dict) and choice.keys() == {"name"} and choice["name"] in names:
        request.body["function_call"] = "none"


@on_request(at="createChatCompletion", breaks=("chat.obeyed-rest",))
def never_speaks(request: Request) -> None:
    """Takes the wish for a spoken answer, and writes one."""
    if request.field("modalities") == ["text", "audio"]:
        request.body["modalities"] = ["text"]
