"""Streams whose chunks tell the same answer in other steps: as OpenAI's own do, or other providers'."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.kinds.fault import DONE
from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.variants.kind import on_events

_CHUNK: Final = "OpenAI API reference, The chat completion chunk object"
_SDK: Final = "openai-python types/chat/chat_completion_chunk.py (ChoiceDelta: all fields optional)"
_AZURE: Final = "Azure OpenAI documentation, Content streaming (sample response of the asynchronous filter)"


def _choices(event: Event) -> list[dict[str, Any]]:
    """The choices of a chunk; none of what is no chunk."""
    return event.get("choices", []) if isinstance(event, dict) else []


def _is_text(event: Event) -> bool:
    """Whether an event is a chunk with text in it."""
    return any(choice["delta"].get("content") for choice in _choices(event))


def _ends(event: Event) -> bool:
    """Whether an event is a chunk with the finish reason of a choice."""
    return any(choice["finish_reason"] for choice in _choices(event))


@on_events(_SDK)
async def begins_with_the_role_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the content out of the first delta."""
    async for event in events:
        for choice in _choices(event):
            if "role" in choice["delta"] and not choice["delta"].get("content"):
                choice["delta"].pop("content", None)
        yield event


@on_events(_SDK)
async def begins_with_null_content(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes null as the content of the first delta."""
    async for event in events:
        for choice in _choices(event):
            if choice["delta"].get("content") == "":
                choice["delta"]["content"] = None
        yield event


@on_events(_SDK)
async def begins_with_the_first_word(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the role together with what comes first."""
    waiting: set[int] = set()
    async for event in events:
        choices = _choices(event)
        if len(choices) == 1 and set(choices[0]["delta"]) == {"role", "content"} and not choices[0]["delta"]["content"]:
            waiting.add(choices[0]["index"])
            continue
        for choice in choices:
            if choice["index"] in waiting:
                waiting.discard(choice["index"])
                choice["delta"] = {"role": "assistant", **choice["delta"]}
        yield event


@on_events(_SDK)
async def writes_a_null_role_later(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes `role: null` in each delta but the first."""
    async for event in events:
        for choice in _choices(event):
            choice["delta"].setdefault("role", None)
        yield event


@on_events(_SDK)
async def writes_every_field_of_a_delta(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes each field of a delta that it does not use as null."""
    async for event in events:
        for choice in _choices(event):
            for name in ("role", "content", "refusal", "tool_calls", "function_call"):
                choice["delta"].setdefault(name, None)
        yield event


@on_events(_SDK)
async def writes_empty_lists_of_calls(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes `tool_calls: []` in each delta without calls."""
    async for event in events:
        for choice in _choices(event):
            choice["delta"].setdefault("tool_calls", [])
        yield event


@on_events(_SDK)
async def sends_empty_deltas(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a chunk with an empty delta after each chunk with text."""
    async for event in events:
        yield event
        if _is_text(event) and isinstance(event, dict):
            empty = [{"index": each["index"], "delta": {}, "finish_reason": None} for each in _choices(event)]
            yield {**event, "choices": empty}


@on_events(_SDK)
async def sends_empty_content(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a chunk with empty content after each chunk with text."""
    async for event in events:
        yield event
        if _is_text(event) and isinstance(event, dict):
            empty = [{**each, "delta": {"content": ""}, "logprobs": None} for each in _choices(event)]
            yield {**event, "choices": empty}


@on_events(_CHUNK)
async def finishes_with_the_last_words(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the finish reason of a choice with its last delta."""
    held: dict[int, Any] = {}
    async for event in events:
        choices = _choices(event)
        if len(choices) != 1:
            for each in held.values():
                yield each
            held.clear()
            yield event
            continue
        index = choices[0]["index"]
        before = held.pop(index, None)
        if before is not None and choices[0]["finish_reason"] and not choices[0]["delta"]:
            before["choices"][0]["finish_reason"] = choices[0]["finish_reason"]
            yield before
            continue
        if before is not None:
            yield before
        held[index] = event


@on_events(_SDK)
async def finishes_with_empty_content(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes empty content beside the finish reason."""
    async for event in events:
        for choice in _choices(event):
            if choice["finish_reason"] and not choice["delta"]:
                choice["delta"] = {"content": "", "role": None}
        yield event


@on_events(_CHUNK)
async def sends_chunks_without_choices(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends chunks whose list of choices is empty among the others."""
    async for event in events:
        yield event
        if _is_text(event) and isinstance(event, dict):
            yield {**event, "choices": []}


@on_events(_AZURE)
async def begins_as_azure_does(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Begins with a chunk that has no id, no model and no choices, and tells what a filter found in the prompt."""
    found = {"hate": {"filtered": False, "severity": "safe"}, "jailbreak": {"filtered": False, "detected": False}}
    results = [{"prompt_index": 0, "content_filter_results": found}]
    yield {"choices": [], "created": 0, "id": "", "model": "", "object": "", "prompt_filter_results": results}
    async for event in events:
        yield event


@on_events(_AZURE)
async def annotates_after_the_finish(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends what an asynchronous filter found once the choice has finished, in chunks without id and delta."""
    offsets = {"check_offset": 0, "start_offset": 0, "end_offset": 44}
    found = {"hate": {"filtered": False, "severity": "safe"}}
    async for event in events:
        yield event
        if _ends(event):
            for each in _choices(event):
                told = {"index": each["index"], "finish_reason": None, "content_filter_offsets": offsets}
                choices = [{**told, "content_filter_results": found}]
                yield {"id": "", "object": "", "created": 0, "model": "", "choices": choices, "usage": None}


@on_events(_AZURE)
async def annotates_each_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Tells with each choice what a filter found in it."""
    async for event in events:
        for choice in _choices(event):
            choice["content_filter_results"] = {"hate": {"filtered": False, "severity": "safe"}}
        yield event


@on_events(_CHUNK)
async def pads_its_chunks(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `obfuscation` of any length with each chunk, as OpenAI does."""
    async for event in events:
        if isinstance(event, dict) and "choices" in event:
            event["obfuscation"] = secrets.token_hex(8)[: secrets.randbelow(16)]
        yield event


@on_events(_CHUNK)
async def leaves_optional_fields_out_of_chunks(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves fingerprint, null logprobs and null usage out of chunks."""
    async for event in events:
        if isinstance(event, dict) and "choices" in event:
            event.pop("system_fingerprint", None)
            if event.get("usage", 0) is None:
                del event["usage"]
            for choice in _choices(event):
                if choice.get("logprobs", 0) is None:
                    del choice["logprobs"]
        yield event


@on_events(_CHUNK)
async def writes_optional_fields_of_chunks_as_null(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes `usage`, `system_fingerprint`, `service_tier` and `logprobs` as null."""
    async for event in events:
        if isinstance(event, dict) and "choices" in event:
            event.setdefault("usage", None)
            event.update(system_fingerprint=None, service_tier=None)
            for choice in _choices(event):
                choice.setdefault("logprobs", None)
        yield event


@on_events(_SDK)
async def says_two_words_at_once(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Joins the content of each two chunks that follow each other, where there are no logprobs."""
    held: dict[str, Any] | None = None
    async for event in events:
        word = event if isinstance(event, dict) and _is_text(event) and len(_choices(event)) == 1 else None
        if held is not None and word is not None and _alike(held["choices"][0], word["choices"][0]):
            held["choices"][0]["delta"]["content"] += word["choices"][0]["delta"]["content"]
            yield held
            held = None
            continue
        if held is not None:
            yield held
        held = word
        if word is None:
            yield event
    if held is not None:
        yield held


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    logprobs = one.get("logprobs") or other.get("logprobs")
    return one["index"] == other["index"] and not logprobs and not one["finish_reason"]


@on_events(_SDK)
async def says_letters(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the content letter by letter, where there are no logprobs."""
    async for event in events:
        if _is_text(event) and isinstance(event, dict) and len(event["choices"]) == 1:
            choice = event["choices"][0]
            if not choice.get("logprobs") and not choice["finish_reason"] and "role" not in choice["delta"]:
                for letter in choice["delta"]["content"]:
                    yield {**event, "choices": [{**choice, "delta": {"content": letter}}]}
                continue
        yield event


@on_events("openai-python _streaming.py (a stream ends at the event whose data begins with [DONE])")
async def ends_done_with_a_space(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends an empty comment after `[DONE]`."""
    async for event in events:
        yield event
        if event == DONE:
            yield b": bye\n\n"
