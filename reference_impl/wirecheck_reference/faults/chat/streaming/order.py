"""Streams whose parts come in the wrong order, too often or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.kinds.fault import on_events
from wirecheck_reference.faults.kinds.parts import Event


def _finishes(event: Event) -> bool:
    """Whether an event holds the finish of a choice."""
    return isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ()))


@on_events(at="createChatCompletion", breaks=("chat.n-stream", "stream.finish-given"), rows=("FIN-02",))
async def never_finishes_a_choice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves out the chunk with the finish reason."""
    async for event in events:
        if not (isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ()))):
            yield event


@on_events(at="createChatCompletion", breaks=("chat.n-stream", "stream.role-first"))
async def does_not_say_who_speaks(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the role out of its deltas."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["delta"].pop("role", None)
        yield event


@on_events(at="createChatCompletion", breaks=("stream.finish-once",), rows=("FIN-05",))
async def finishes_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the chunk with the finish reason twice."""
    async for event in events:
        yield event
        if _finishes(event):
            yield event


@on_events(at="createChatCompletion", breaks=("stream.finish-last",))
async def speaks_after_its_finish(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Sends the finish reason before the last delta."""
    held: Any = None
    async for event in events:
        if _finishes(event) and held is not None and held["choices"][0]["delta"].get("content"):
            yield event
            continue
        if held is not None:
            yield held
        held = event
    if held is not None:
        yield held


@on_events(at="createChatCompletion", breaks=("stream.finish-alone",), rows=("CHK-16",))
async def finishes_with_the_last_word(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Sends the last content and the finish reason in one chunk."""
    held: Any = None
    async for event in events:
        if held is not None and _finishes(event) and held["choices"][0]["index"] == event["choices"][0]["index"]:
            held["choices"][0]["finish_reason"] = event["choices"][0]["finish_reason"]
            continue
        if held is not None:
            yield held
        held = event if isinstance(event, dict) and event.get("choices") else None
        if held is None:
            yield event
    if held is not None:
        yield held
