"""Endings gone wrong: reasons that are not true, limits that are not kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.faults.chat.reading import is_stopped, wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request

# Few enough tokens for nearly every answer to be longer.
_SMALL: Final = range(1, 16)


def _rename(document: dict[str, Any], before: str, after: str) -> None:
    """Gives another reason to the choices that ended for one."""
    for choice in document.get("choices", ()):
        if choice["finish_reason"] == before:
            choice["finish_reason"] = after


def _is_small(limit: object) -> bool:
    return limit in _SMALL and not isinstance(limit, bool)


@on_request(at="createChatCompletion", breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def ignores_max_completion_tokens(request: Request) -> None:
    """Takes `max_completion_tokens` and does not keep it."""
    limit = request.field("max_completion_tokens")
    if isinstance(limit, int) and not isinstance(limit, bool) and limit > 0:
        request.body["max_completion_tokens"] = 4096


@on_json(at="createChatCompletion", breaks=("finish.reason",), rows=("FIN-08",))
def leaks_the_reasons_of_its_engine(document: dict[str, Any]) -> None:
    """Says `eos` for `stop` where there are several choices."""
    if len(document["choices"]) > 1:
        _rename(document, "stop", "eos")


@on_events(at="createChatCompletion", breaks=("finish.stream-reason",), rows=("CHK-12",))
async def leaves_null_reasons_out(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the key `finish_reason` out of chunks that are not the last."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if choice["finish_reason"] is None:
                del choice["finish_reason"]
        yield event


@on_json(at="createChatCompletion", breaks=("finish.reason",), rows=("CHK-14",))
def finishes_with_null(document: dict[str, Any]) -> None:
    """Gives null as the reason of whole answers where there are several choices."""
    if len(document["choices"]) > 1:
        _rename(document, "stop", "null")


@on_documents(at="createChatCompletion", breaks=("finish.natural", "tools.named-finish"))
def always_says_length(document: dict[str, Any]) -> None:
    """Says `length` for whole answers too."""
    _rename(document, "stop", "length")


@on_answer(at="createChatCompletion", breaks=("finish.natural",), rows=("STOP-03",))
def says_length_at_a_stop_string(answer: Answer) -> None:
    """Says `length` where a stop string ended the answer."""
    if answer.status == 200 and (document := answer.document) and is_stopped(answer.request):
        _rename(document, "stop", "length")
        answer.document = document


@on_answer(at="createChatCompletion", breaks=("finish.length",), rows=("FIN-07",))
def knows_one_limit_by_its_old_name(answer: Answer) -> None:
    """Says `stop` where max_completion_tokens cut the answer."""
    if answer.request.has("max_completion_tokens") and (document := answer.document):
        _rename(document, "length", "stop")
        answer.document = document


@on_json(at="createChatCompletion", breaks=("finish.length",), rows=("FIN-07",))
def calls_a_cut_answer_whole(document: dict[str, Any]) -> None:
    """Says `stop` where max_tokens cut the answer."""
    _rename(document, "length", "stop")


@on_events(at="createChatCompletion", breaks=("finish.length-stream",), rows=("FIN-07",))
async def calls_a_cut_stream_whole(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says `stop` where max_tokens cut the stream."""
    async for event in events:
        if isinstance(event, dict):
            _rename(event, "length", "stop")
        yield event


@on_request(at="createChatCompletion", breaks=("finish.max-tokens",))
def ignores_max_tokens(request: Request) -> None:
    """Takes a small `max_tokens` and does not keep it."""
    if _is_small(request.field("max_tokens")):
        del request.body["max_tokens"]


@on_request(at="createChatCompletion", breaks=("finish.max-tokens",))
def streams_more_than_max_tokens(request: Request) -> None:
    """Streams a few tokens more than a small `max_tokens`."""
    if wants_stream(request) and request.field("max_tokens") in _SMALL:
        request.body["max_tokens"] += 4


@on_request(at="createChatCompletion", breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def refuses_max_completion_tokens(request: Request) -> None:
    """Refuses a small `max_completion_tokens`."""
    if _is_small(request.field("max_completion_tokens")):
        request.body["max_completion_tokens"] = "few"


@on_request(at="createChatCompletion", breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def streams_past_max_completion_tokens(request: Request) -> None:
    """Takes a small `max_completion_tokens` and does not keep it in streams."""
    if wants_stream(request) and request.field("max_completion_tokens") in _SMALL:
        del request.body["max_completion_tokens"]


@on_events(at="createChatCompletion", breaks=("finish.stream-reason",), rows=("FIN-08",))
async def gives_empty_reasons(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says an empty text for null until the last chunk."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["finish_reason"] = choice["finish_reason"] or ""
        yield event


@on_events(at="createChatCompletion", breaks=("finish.stream-equal",))
async def ends_streams_with_another_reason(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says `content_filter` in streams where it says `stop` elsewhere."""
    async for event in events:
        if isinstance(event, dict):
            _rename(event, "stop", "content_filter")
        yield event
