"""Tool calls in other steps and other words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.variants.kind import on_documents, on_events, on_json

_CHUNK: Final = "OpenAI API reference, The chat completion chunk object (delta.tool_calls)"
_DELTA: Final = "openai-python types/chat/chat_completion_chunk.py (ChoiceDeltaToolCall: all but index is optional)"
_GUIDE: Final = "OpenAI guide, Function calling (id: any text; arguments: the text of a JSON object)"


def _calls(event: Event) -> list[dict[str, Any]]:
    """The call deltas of a chunk."""
    choices = event.get("choices", []) if isinstance(event, dict) else []
    return [call for choice in choices for call in choice["delta"].get("tool_calls") or ()]


def _later(call: dict[str, Any]) -> bool:
    """Whether a call delta is none that begins a call."""
    return "id" not in call


@on_events(_DELTA)
async def writes_nulls_in_later_deltas(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes `id`, `type` and the function's `name` as null in later deltas of a call."""
    async for event in events:
        for call in filter(_later, _calls(event)):
            if "function" in call:
                call.update(id=None, type=None)
                call["function"]["name"] = None
        yield event


@on_events(_DELTA)
async def says_the_type_in_each_delta(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes `type` in each delta of a call of a function."""
    async for event in events:
        for call in _calls(event):
            if "function" in call:
                call["type"] = "function"
        yield event


@on_events(_DELTA)
async def says_the_type_of_no_call(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Begins calls of functions without arguments: they come later."""
    async for event in events:
        for call in _calls(event):
            if call.get("id") and "function" in call and call["function"].get("arguments") == "":
                del call["function"]["arguments"]
        yield event


@on_events(_CHUNK)
async def sends_calls_whole(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends each call of a function in one delta, all its arguments in it."""
    held: dict[tuple[int, int], Any] = {}
    async for event in events:
        calls = _calls(event)
        if len(calls) == 1 and "function" in calls[0] and isinstance(event, dict) and len(event["choices"]) == 1:
            key = (event["choices"][0]["index"], calls[0]["index"])
            if key not in held:
                held[key] = event
            else:
                whole = _calls(held[key])[0]["function"]
                whole["arguments"] = whole.get("arguments", "") + (calls[0]["function"].get("arguments") or "")
            continue
        for each in held.values():
            yield each
        held.clear()
        yield event


@on_events(_CHUNK)
async def sends_arguments_by_letters(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the arguments of a call letter by letter."""
    async for event in events:
        calls = _calls(event)
        if isinstance(event, dict) and len(calls) == 1 and _later(calls[0]) and "function" in calls[0]:
            choice = event["choices"][0]
            for letter in calls[0]["function"].get("arguments") or "":
                delta = {"tool_calls": [{"index": calls[0]["index"], "function": {"arguments": letter}}]}
                yield {**event, "choices": [{**choice, "delta": delta}]}
        else:
            yield event


@on_events(_CHUNK)
async def begins_with_a_call(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the role with the first delta of the first call."""
    waiting: set[int] = set()
    async for event in events:
        choices = event.get("choices", []) if isinstance(event, dict) else []
        if len(choices) == 1 and choices[0]["delta"] == {"role": "assistant", "content": None}:
            waiting.add(choices[0]["index"])
            continue
        for choice in choices:
            if choice["index"] in waiting:
                waiting.discard(choice["index"])
                choice["delta"] = {"role": "assistant", "content": None, **choice["delta"]}
        yield event


@on_events(_DELTA)
async def adds_fields_to_call_deltas(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Adds fields of its own to each delta of a call."""
    async for event in events:
        for call in _calls(event):
            call["extra_content"] = {"google": {"thought_signature": "CgIIAQ=="}}
        yield event


@on_documents(_GUIDE)
def names_calls_otherwise(document: dict[str, Any]) -> None:
    """Gives calls short ids without a prefix."""
    for choice in document["choices"]:
        for call in choice.get("message", choice.get("delta", {})).get("tool_calls") or ():
            if call.get("id"):
                call["id"] = call["id"].removeprefix("call_")[:9]


@on_json(_GUIDE)
def writes_arguments_with_spaces(document: dict[str, Any]) -> None:
    """Indents the JSON of the arguments, where there is no stream."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls") or ():
            if "function" in call:
                call["function"]["arguments"] = _indented(call["function"]["arguments"])


@on_json("OpenAI API reference, The chat completion object (content and tool_calls of one message)")
def speaks_before_it_calls(document: dict[str, Any]) -> None:
    """Says a sentence beside its calls, where there is no stream."""
    for choice in document["choices"]:
        if choice["message"].get("tool_calls"):
            choice["message"]["content"] = "I will look that up."


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2)
    except ValueError:  # cut by its limit
        return text
