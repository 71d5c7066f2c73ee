"""Completions that are not of their form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.completions.reading import choices_of
from wirecheck_reference.faults.kinds.fault import on_documents, on_events, on_json
from wirecheck_reference.faults.kinds.parts import Event
from wirecheck_reference.ids import new_id


@on_json(at="createCompletion", breaks=("completions.shape",))
def forgets_when_it_continued(document: dict[str, Any]) -> None:
    """Leaves `created` out of completions."""
    del document["created"]


@on_json(at="createCompletion", breaks=("completions.shape",))
def numbers_choices_in_texts(document: dict[str, Any]) -> None:
    """Adds a message to each choice, and writes its index as text."""
    for choice in document["choices"]:
        choice["message"] = {"role": "assistant", "content": choice["text"]}
        choice["index"] = str(choice["index"])


@on_events(at="createCompletion", breaks=("completions.chunk-shape",))
async def streams_texts_without_a_time(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves `created` out of the chunks of completions."""
    async for event in events:
        if isinstance(event, dict):
            event.pop("created", None)
        yield event


@on_documents(at="createCompletion", breaks=("completions.object",))
def calls_completions_chats(document: dict[str, Any]) -> None:
    """Calls completions `chat.completion`."""
    document["object"] = "chat.completion"


@on_documents(at="createCompletion", breaks=("completions.finish-reason",))
def ends_texts_with_eos(document: dict[str, Any]) -> None:
    """Writes `eos` for `stop` where a text ended."""
    for choice in document["choices"]:
        if choice["finish_reason"] == "stop":
            choice["finish_reason"] = "eos"


@on_events(at="createCompletion", breaks=("completions.finish-reason",))
async def streams_texts_without_a_reason(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves `finish_reason` out of chunks that do not finish their choice."""
    async for event in events:
        for choice in choices_of(event):
            if choice["finish_reason"] is None:
                del choice["finish_reason"]
        yield event


@on_documents(at="createCompletion", breaks=("completions.id-unique",), rows=("ID-01",))
def names_all_completions_alike(document: dict[str, Any]) -> None:
    """Gives all completions one id."""
    document["id"] = "cmpl-1"


@on_documents(at="createCompletion", breaks=("completions.id-prefix",), rows=("CHK-06",))
def names_completions_as_chats(document: dict[str, Any]) -> None:
    """Gives completions ids that begin as those of chats do."""
    document["id"] = document["id"].replace("cmpl-", "chatcmpl-")


@on_events(at="createCompletion", breaks=("stream.one-id",), rows=("CHK-06",))
async def changes_the_id_of_a_completion(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives each chunk of a completion an id of its own."""
    async for event in events:
        if isinstance(event, dict) and "id" in event:
            event["id"] = new_id("cmpl-")
        yield event
