"""Counts gone wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.engines.echo.models import PRICE
from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import DONE, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Event, Request
from wirecheck_reference.generations import cost


def _recount(usage: dict[str, Any], **counts: int) -> None:
    """Puts other counts in a usage, and what follows from them: whoever counts wrong charges for that."""
    usage.update(counts)
    usage["total_tokens"] = usage["prompt_tokens"] + usage["completion_tokens"]
    usage["cost_usd"] = cost(PRICE, usage["prompt_tokens"], usage["completion_tokens"])


@on_json(at="createChatCompletion", breaks=("usage.sum",), rows=("USG-06",))
def adds_usage_up_wrongly(document: dict[str, Any]) -> None:
    """Leaves the prompt out of the total of the usage."""
    document["usage"]["total_tokens"] = document["usage"]["completion_tokens"]


@on_json(at="createChatCompletion", breaks=("usage.given",), rows=("USG-10",))
def counts_nothing(document: dict[str, Any]) -> None:
    """Answers without usage."""
    del document["usage"]


@on_json(at="createChatCompletion", breaks=("usage.parts",), rows=("USG-06",))
def counts_more_thoughts_than_words(document: dict[str, Any]) -> None:
    """Counts more reasoning tokens than completion tokens."""
    document["usage"]["completion_tokens_details"] = {"reasoning_tokens": 9999}


@on_documents(at="createChatCompletion", breaks=("usage.counts",), rows=("USG-04",))
def always_counts_one(document: dict[str, Any]) -> None:
    """Counts one completion token whatever the length."""
    if usage := document.get("usage"):
        _recount(usage, completion_tokens=1)


@on_documents(at="createChatCompletion", breaks=("usage.counts",), rows=("USG-04",))
def counts_no_prompt(document: dict[str, Any]) -> None:
    """Counts no token of the prompt."""
    if usage := document.get("usage"):
        _recount(usage, prompt_tokens=0)


@on_documents(at="createChatCompletion", breaks=("usage.cost",))
def charges_answers_as_prompts(document: dict[str, Any]) -> None:
    """Charges for the tokens of answers what those of prompts cost."""
    if usage := document.get("usage"):
        usage["cost_usd"] = cost(PRICE, usage["total_tokens"], 0)


@on_events(at="createChatCompletion", breaks=("usage.cost",))
async def gives_streams_away(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says that streams cost nothing."""
    async for event in events:
        if isinstance(event, dict) and (usage := event.get("usage")):
            usage["cost_usd"] = 0
        yield event


@on_events(at="createChatCompletion", breaks=("usage.stream-once",), rows=("USG-02",))
async def counts_in_every_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends usage with every chunk where it was asked for once."""
    async for event in events:
        if isinstance(event, dict) and event.get("usage", 0) is None:
            event["usage"] = {"prompt_tokens": 1, "completion_tokens": 0, "total_tokens": 1}
        yield event


@on_events(at="createChatCompletion", breaks=("usage.stream-last",))
async def counts_before_the_end(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the usage before the last chunk of a choice."""
    held: list[Event] = []
    async for event in events:
        if isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ())):
            held.append(event)
            continue
        if event == DONE or not isinstance(event, dict) or "error" in event:
            while held:
                yield held.pop(0)
        yield event


@on_events(at="createChatCompletion", breaks=("usage.stream-shape",), rows=("USG-08",))
async def counts_in_part(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves completion_tokens out of the usage of a stream."""
    async for event in events:
        if isinstance(event, dict) and event.get("usage"):
            del event["usage"]["completion_tokens"]
        yield event


@on_request(at="createChatCompletion", breaks=("usage.stream-unasked",))
def counts_unasked(request: Request) -> None:
    """Sends usage in streams to those who did not ask, too."""
    if wants_stream(request) and not request.has("stream_options"):
        request.body["stream_options"] = {"include_usage": True}


@on_events(at="createChatCompletion", breaks=("usage.stream-equal",), rows=("USG-05",))
async def counts_streams_otherwise(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Counts one token more in streams."""
    async for event in events:
        if isinstance(event, dict) and (usage := event.get("usage")):
            _recount(usage, completion_tokens=usage["completion_tokens"] + 1)
        yield event
