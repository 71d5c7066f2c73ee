"""What a chat request asks for, as faults read it: whatever is not of the form they look for is not there."""

from __future__ import annotations

import re
from itertools import count
from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Request

# By their length in UTF-8, where halves of surrogate pairs have none.
_THREE_BYTES: Final = re.compile("[\u0800-\ud7ff\ue000-\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def wants_stream(request: Request) -> bool:
    """Whether a stream is asked for."""
    return request.field("stream") is True


def messages_of(request: Request) -> list[dict[str, Any]]:
    """The messages that are objects."""
    found = request.field("messages")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def offered_functions(request: Request) -> list[Any]:
    """The names of the functions that are on offer."""
    tools = request.field("tools")
    functions = [tool.get("function") for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []
    return [function["name"] for function in functions if isinstance(function, dict) and "name" in function]


def named_function(request: Request) -> Any:
    """The name of the function that `tool_choice` names; None where it names none."""
    choice = request.field("tool_choice")
    function = choice.get("function") if isinstance(choice, dict) else None
    return function.get("name") if isinstance(function, dict) else None


def prompt_of(request: Request) -> str:
    """The text of the last message; empty where it is no string."""
    messages = messages_of(request)
    last = messages[-1].get("content") if messages else None
    return last if isinstance(last, str) else ""


def empty_prompt(request: Request) -> None:
    """Takes the words out of all messages, and nothing else that may be wrong with them."""
    for message in messages_of(request):
        if isinstance(message.get("content"), str):
            message["content"] = ""


def stops_of(request: Request) -> list[str]:
    """The stop strings."""
    stop = request.field("stop")
    return [each for each in (stop if isinstance(stop, list) else [stop]) if isinstance(each, str)]


def has_stop_of_words(request: Request) -> bool:
    """Whether there is one stop string, and it is of several words."""
    stops = stops_of(request)
    return len(stops) == 1 and " " in stops[0].strip()


def is_stopped(request: Request) -> bool:
    """Whether a stop string ends the answer of a server that says the prompt again."""
    return any(stop in prompt_of(request) for stop in stops_of(request))


def is_foreign(request: Request) -> bool:
    """Whether the text of the last message is not ASCII. With half of a surrogate pair in it, it is no text."""
    prompt = prompt_of(request)
    return not prompt.isascii() and not _SURROGATE.search(prompt)


def without_some_characters(text: str, mark: str) -> str:
    """The text with a mark in place of every third character of three bytes, from the first on."""
    places = count()
    return _THREE_BYTES.sub(lambda found: found[0] if next(places) % 3 else mark, text)
