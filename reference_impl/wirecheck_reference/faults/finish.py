"""Endings gone wrong: reasons that are not true, limits that are not kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.parts import Answer, Asked, Event


def _renamed(document: dict[str, Any], before: str, after: str) -> None:
    for choice in document.get("choices", ()):
        if choice["finish_reason"] == before:
            choice["finish_reason"] = after


@on_json(breaks=("finish.reason",), rows=("FIN-08",))
def leaks_the_reasons_of_its_engine(document: dict[str, Any]) -> None:
    """Says `eos` for `stop` where there are several choices."""
    if len(document["choices"]) > 1:
        _renamed(document, "stop", "eos")


@on_events(breaks=("finish.stream-reason",), rows=("CHK-12",))
async def leaves_null_reasons_out(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the key `finish_reason` out of chunks that are not the last."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if choice["finish_reason"] is None:
                del choice["finish_reason"]
        yield event


@on_json(breaks=("finish.reason",), rows=("CHK-14",))
def finishes_with_null(document: dict[str, Any]) -> None:
    """Gives null as the reason of whole answers where there are several choices."""
    if len(document["choices"]) > 1:
        _renamed(document, "stop", "null")


@on_documents(breaks=("finish.natural", "tools.named-finish"))
def always_says_length(document: dict[str, Any]) -> None:
    """Says `length` for whole answers too."""
    _renamed(document, "stop", "length")


@on_json(breaks=("finish.natural",), rows=("STOP-03",))
def says_length_at_a_stop_string(document: dict[str, Any]) -> None:
    """Says `length` where a stop string ended the answer."""
    if document["choices"][0]["message"]["content"] == "alpha be":
        _renamed(document, "stop", "length")


@on_answer(breaks=("finish.length",), rows=("FIN-07",))
def knows_one_limit_by_its_old_name(answer: Answer) -> None:
    """Says `stop` where max_completion_tokens cut the answer."""
    if b'"max_completion_tokens"' in answer.asked.raw and (document := answer.document):
        _renamed(document, "length", "stop")
        answer.document = document


@on_json(breaks=("finish.length",), rows=("FIN-07",))
def calls_a_cut_answer_whole(document: dict[str, Any]) -> None:
    """Says `stop` where max_tokens cut the answer."""
    _renamed(document, "length", "stop")


@on_events(breaks=("finish.length-stream",), rows=("FIN-07",))
async def calls_a_cut_stream_whole(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says `stop` where max_tokens cut the stream."""
    async for event in events:
        if isinstance(event, dict):
            _renamed(event, "length", "stop")
        yield event


@on_request(breaks=("finish.max-tokens",))
def ignores_max_tokens(asked: Asked) -> None:
    """Takes a small `max_tokens` and does not keep it."""
    if isinstance(asked.body, dict) and asked.body.get("max_tokens") in range(1, 16):
        del asked.body["max_tokens"]


@on_request(breaks=("finish.max-tokens",))
def streams_more_than_max_tokens(asked: Asked) -> None:
    """Streams a few tokens more than a small `max_tokens`."""
    if isinstance(asked.body, dict) and asked.body.get("stream") and asked.body.get("max_tokens") in range(1, 16):
        asked.body["max_tokens"] += 4


@on_request(breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def refuses_max_completion_tokens(asked: Asked) -> None:
    """Refuses a small `max_completion_tokens`."""
    if isinstance(asked.body, dict) and asked.body.get("max_completion_tokens") in range(1, 16):
        asked.body["max_completion_tokens"] = "few"


@on_request(breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def streams_past_max_completion_tokens(asked: Asked) -> None:
    """Takes `max_completion_tokens` and does not keep it in streams."""
    if isinstance(asked.body, dict) and asked.body.get("stream") and asked.body.get("max_completion_tokens") == 5:
        del asked.body["max_completion_tokens"]


@on_events(breaks=("finish.stream-reason",), rows=("FIN-08",))
async def gives_empty_reasons(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says an empty text for null until the last chunk."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["finish_reason"] = choice["finish_reason"] or ""
        yield event


@on_events(breaks=("finish.stream-equal",))
async def ends_streams_with_another_reason(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says `content_filter` in streams where it says `stop` elsewhere."""
    async for event in events:
        if isinstance(event, dict):
            _renamed(event, "stop", "content_filter")
        yield event
