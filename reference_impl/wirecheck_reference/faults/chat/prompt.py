"""Messages gone wrong: roles, parts and texts that are refused, or do not reach the model."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any, Final

from wirecheck_reference.faults.chat.reading import messages_of
from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request

_TEXT: Final = {"type", "text"}
_POINTS: Final = re.compile("[\u05b0-\u05c7]")


def _is_in_parts(message: dict[str, Any]) -> bool:
    return isinstance(message.get("content"), list)


def _refuse(message: dict[str, Any]) -> None:
    message["content"] = 5


@on_request(at="createChatCompletion", breaks=("chat.text-parts",), rows=("PART-01",))
def reads_the_last_part_alone(request: Request) -> None:
    """Reads the last of several parts, and no other."""
    for message in messages_of(request):
        parts = message.get("content")
        if isinstance(parts, list) and all(isinstance(each, dict) and each.keys() == _TEXT for each in parts):
            message["content"] = parts[-1:]


@on_request(at="createChatCompletion", breaks=("chat.text-parts",), rows=("PART-02",))
def reads_parts_as_json(request: Request) -> None:
    """Hands the model the JSON of the parts."""
    for message in messages_of(request):
        parts = message.get("content")
        if isinstance(parts, list) and parts and all(isinstance(each, dict) and each.keys() == _TEXT for each in parts):
            message["content"] = json.dumps(message["content"])


@on_request(at="createChatCompletion", breaks=("prompt.parts-by-role",), rows=("PART-03",))
def takes_parts_of_users_alone(request: Request) -> None:
    """Refuses parts in the messages of the system and the developer."""
    for message in messages_of(request):
        if message.get("role") in ("system", "developer") and _is_in_parts(message):
            _refuse(message)


@on_request(at="createChatCompletion", breaks=("prompt.parts-by-role",))
def takes_no_answers_in_parts(request: Request) -> None:
    """Refuses parts in the messages of the assistant."""
    for message in messages_of(request):
        if message.get("role") == "assistant" and _is_in_parts(message):
            _refuse(message)


@on_request(at="createChatCompletion", breaks=("tools.result-parts",), rows=("PART-03",))
def takes_results_as_strings_alone(request: Request) -> None:
    """Refuses the result of a call in parts."""
    for message in messages_of(request):
        if message.get("role") == "tool" and _is_in_parts(message):
            _refuse(message)


@on_request(at="createChatCompletion", breaks=("prompt.any-text",))
def knows_no_points(request: Request) -> None:
    """Refuses Hebrew with points."""
    for message in messages_of(request):
        if isinstance(message.get("content"), str) and _POINTS.search(message["content"]):
            _refuse(message)


@on_request(at="createChatCompletion", breaks=("prompt.unusual",))
def takes_no_names(request: Request) -> None:
    """Refuses messages that name who says them."""
    for message in messages_of(request):
        if isinstance(message.get("name"), str) and message.get("role") == "user":
            _refuse(message)


@on_request(at="createChatCompletion", breaks=("prompt.all-read",))
def forgets_its_instructions(request: Request) -> None:
    """Does not read the text of system messages."""
    for message in messages_of(request):
        if message.get("role") == "system" and isinstance(message.get("content"), str):
            message["content"] = ""


@on_request(at="createChatCompletion", breaks=("prompt.all-read",))
def reads_the_last_of_two(request: Request) -> None:
    """Reads the later of two messages of the user in a row alone."""
    messages = messages_of(request)
    for message, following in pairwise(messages):
        if message.get("role") == following.get("role") == "user" and isinstance(message.get("content"), str):
            message["content"] = ""
