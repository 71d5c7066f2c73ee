"""What the echo says: text, JSON or calls, before any limit cuts it. Pure."""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from wirecheck_reference.engines.chat import ChatRequest
from wirecheck_reference.engines.echo.calls import NONE, Calls, calls_for
from wirecheck_reference.engines.echo.images import described
from wirecheck_reference.engines.echo.instances.smallest import smallest_instance
from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError
from wirecheck_reference.engines.echo.tokens import text_of
from wirecheck_reference.errors import invalid_value

_LEAD: Final = "repeat exactly:"
# What is to be said beside a call: `Say "one moment" and call get_weather.`
_BESIDE: Final = re.compile(r'\bsay "([^"]+)"', re.IGNORECASE)


class Reply(NamedTuple):
    """Text, calls with or without text before them, or a refusal; after thoughts (tokens) if there are any."""

    text: str
    calls: Calls = NONE
    refusal: str = ""
    thoughts: tuple[str, ...] = ()


def reply_to(request: ChatRequest) -> Reply:
    """The whole reply to a request.

    Raises `ApiError` (400) for what the echo cannot do: unusable schemas, unknown choices. What it does not read has
    been refused before: `refuse_what_is_not_read`.
    """
    last = request["messages"][-1]
    answered = last["role"] in ("tool", "function")
    said = _last_said(request)
    calls = calls_for(request, said, answered=answered)
    if calls.calls:
        beside = _BESIDE.search(said)
        return Reply(beside[1] if beside else "", calls)
    wanted = request.get("response_format")
    if wanted is None or wanted["type"] == "text":
        return Reply(said)
    if wanted["type"] == "json_object":
        return Reply(json.dumps({"content": said}, ensure_ascii=False))
    try:
        instance = smallest_instance(wanted["json_schema"].get("schema", {"type": "object"}))
    except UnusableSchemaError as error:
        param = "response_format.json_schema.schema"
        raise invalid_value(f"The schema of response_format cannot be used: {error}", param) from None
    return Reply(json.dumps(instance, ensure_ascii=False))


def refuse_what_is_not_read(request: ChatRequest) -> None:
    """Raises `ApiError` (400) for speech, sound, files, broken images, and calls whose arguments are no JSON."""
    if "audio" in (request.get("modalities") or ()):
        raise invalid_value("The model does not speak.", "modalities")
    for position, message in enumerate(request["messages"]):
        content = message.get("content")
        if isinstance(content, list):
            for place, part in enumerate(content):
                path = f"messages.{position}.content.{place}"
                if part["type"] == "image_url":
                    _refuse_unreadable(part["image_url"]["url"], f"{path}.image_url.url")
                elif part["type"] not in ("text", "refusal"):
                    raise invalid_value(f"The model reads text and images, not {part['type']}.", f"{path}.type")
        if message["role"] == "assistant":
            for place, call in enumerate(message.get("tool_calls") or ()):
                if call["type"] == "function":
                    path = f"messages.{position}.tool_calls.{place}.function.arguments"
                    _refuse_broken(call["function"]["arguments"], path)
            if message.get("function_call"):
                path = f"messages.{position}.function_call.arguments"
                _refuse_broken(message["function_call"]["arguments"], path)


def _refuse_unreadable(url: str, path: str) -> None:
    try:
        described(url)
    except ValueError as error:
        raise invalid_value(str(error), path) from None


def _refuse_broken(arguments: str, path: str) -> None:
    try:
        json.loads(arguments)
    except (ValueError, RecursionError):
        raise invalid_value("The arguments of an earlier call are not JSON.", path) from None


def _last_said(request: ChatRequest) -> str:
    """The text of the last user message or of a tool's result after it; else of the last message with text."""
    fallback = ""
    for message in reversed(request["messages"]):
        text = text_of(message)
        if text and message["role"] in ("user", "tool", "function"):
            return without_lead(text)
        fallback = fallback or text
    return without_lead(fallback)


def without_lead(text: str) -> str:
    """A text without the words that ask to repeat it, and without white space around it."""
    stripped = text.strip()
    if stripped[: len(_LEAD)].lower() == _LEAD:
        return stripped[len(_LEAD) :].strip()
    return stripped
