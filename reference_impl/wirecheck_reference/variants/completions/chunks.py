"""Streams of completions whose chunks tell the same texts in other steps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.variants.completions.refusals import TEXTS
from wirecheck_reference.variants.kind import on_events

_SDK: Final = "openai-python types/completion.py (a chunk holds choices)"
_OWN: Final = "OpenAI API reference, The completion object (streams)"


def _choices(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = event.get("choices", []) if isinstance(event, dict) else []
    return found


@on_events(_OWN, at=TEXTS)
async def begins_with_an_empty_text(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a chunk with an empty text before each choice."""
    begun: set[int] = set()
    async for event in events:
        for choice in _choices(event):
            if choice["index"] not in begun and isinstance(event, dict):
                begun.add(choice["index"])
                yield {**event, "choices": [{**choice, "text": "", "logprobs": None, "finish_reason": None}]}
        yield event


@on_events(_OWN, at=TEXTS)
async def finishes_with_the_last_text(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the `finish_reason` together with the last piece of a text."""
    held: dict[int, Any] = {}
    async for event in events:
        choices = _choices(event)
        if not choices:
            for index in sorted(held):
                yield held.pop(index)
            yield event
            continue
        index, before = choices[0]["index"], held.pop(choices[0]["index"], None)
        if before is not None and choices[0]["finish_reason"]:
            before["choices"][0]["finish_reason"] = choices[0]["finish_reason"]
            yield before
            continue
        if before is not None:
            yield before
        held[index] = event


@on_events(_SDK, at=TEXTS)
async def tells_two_choices_in_a_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends pieces of two choices in one chunk where they come one after the other."""
    held: Any = None
    async for event in events:
        choices = _choices(event)
        if held is not None and choices and choices[0]["index"] != held["choices"][0]["index"]:
            yield {**held, "choices": [*held["choices"], *choices]}
            held = None
            continue
        if held is not None:
            yield held
        held = event if choices else None
        if not choices:
            yield event


@on_events("OpenAI API reference, Streaming (include_obfuscation)", at=TEXTS)
async def pads_completions(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Pads the chunks of completions, so that their sizes tell nothing."""
    async for event in events:
        if isinstance(event, dict) and "error" not in event:
            event["obfuscation"] = "x" * 16
        yield event
