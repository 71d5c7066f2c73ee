"""Streams and answers of models that show what they think first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.variants.kind import on_events, on_json

_DEEPSEEK = "DeepSeek API documentation, Reasoning model (reasoning_content)"
_OPENROUTER = "OpenRouter documentation, Reasoning tokens (reasoning, reasoning_details)"
_WORDS = ("Let", " me", " think", ".")


def _opens(event: Event) -> bool:
    """Whether an event is the first chunk of an answer in text."""
    choices = event.get("choices", []) if isinstance(event, dict) else []
    return any(choice["delta"].get("role") and choice["delta"].get("content") == "" for choice in choices)


@on_events(_DEEPSEEK)
async def thinks_aloud_in_streams(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `reasoning_content` before the content, and null in its place later."""
    async for event in events:
        yield event
        if _opens(event) and isinstance(event, dict):
            for word in _WORDS:
                deltas = [{**each, "delta": {"reasoning_content": word, "content": None}} for each in event["choices"]]
                yield {**event, "choices": deltas}


@on_events(_OPENROUTER)
async def shows_reasoning_in_streams(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `reasoning` and `reasoning_details` beside empty content before the content."""
    async for event in events:
        yield event
        if _opens(event) and isinstance(event, dict):
            for word in _WORDS:
                details = [{"type": "reasoning.text", "text": word, "index": 0, "format": "unknown"}]
                delta = {"role": "assistant", "content": "", "reasoning": word, "reasoning_details": details}
                yield {**event, "choices": [{**each, "delta": delta} for each in event["choices"]]}


@on_json(_DEEPSEEK)
def thinks_aloud(document: dict[str, Any]) -> None:
    """Tells what it thought in `reasoning_content` of the message."""
    for choice in document["choices"]:
        choice["message"]["reasoning_content"] = "Let me think."


@on_json(_OPENROUTER)
def shows_reasoning(document: dict[str, Any]) -> None:
    """Tells what it thought in `reasoning`, and counts it among the completion."""
    for choice in document["choices"]:
        choice["message"]["reasoning"] = "Let me think."
        choice["message"]["reasoning_details"] = [{"type": "reasoning.text", "text": "Let me think.", "index": 0}]


@on_json("vLLM (reasoning_content is null where a model has no reasoning)")
def writes_null_thoughts(document: dict[str, Any]) -> None:
    """Writes `reasoning_content: null`."""
    for choice in document["choices"]:
        choice["message"]["reasoning_content"] = None
