"""Streams that say something else than the same answer does without a stream."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.chat.reading import empty_prompt, is_foreign, wants_stream
from wirecheck_reference.faults.kinds.fault import on_events, on_request
from wirecheck_reference.faults.kinds.parts import Event, Request

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@on_events(at="createChatCompletion", breaks=("stream.same-text",), rows=("SYN-04",))
async def shows_the_end_of_its_turn(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Streams the mark that ends a turn as a part of the text, where the text is not ASCII."""
    foreign = False
    async for event in events:
        choice = event["choices"][0] if isinstance(event, dict) and event.get("choices") else {}
        text = choice.get("delta", {}).get("content") or ""
        foreign = foreign or not (text.isascii() or choice["logprobs"])
        if foreign and choice.get("finish_reason"):
            yield {**event, "choices": [{**choice, "delta": {"content": "<|im_end|>"}, "finish_reason": None}]}
        yield event


@on_events(at="createChatCompletion", breaks=("stream.same-text",), rows=("SSE-21",))
async def loses_words_of_other_scripts(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Loses pieces of text that hold Chinese characters."""
    async for event in events:
        choices = event.get("choices", ()) if isinstance(event, dict) else ()
        if not any(_CHINESE.search(choice["delta"].get("content") or "") for choice in choices):
            yield event


@on_request(at="createChatCompletion", breaks=("stream.same-text",), rows=("SYN-04",))
def streams_nothing_to_foreigners(request: Request) -> None:
    """Streams an empty answer as events where the prompt is not ASCII, unless logprobs are asked for."""
    as_lines = "application/x-ndjson" in request.headers.get("accept", "")
    if is_foreign(request) and wants_stream(request) and not (as_lines or request.has("logprobs")):
        empty_prompt(request)


@on_events(at="createChatCompletion", breaks=("stream.same-text",), rows=("SYN-04",))
async def loses_a_word_where_it_counts(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Loses the third delta of streams whose usage was asked for."""
    count = 0
    async for event in events:
        count += isinstance(event, dict) and "usage" in event
        if count != 3:
            yield event
