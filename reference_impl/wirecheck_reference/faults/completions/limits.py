"""Texts that end where they should not, and say so wrongly."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.completions.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_USUAL = 16


@on_request(at="createCompletion", breaks=("completions.max-tokens",))
def says_as_much_as_usual(request: Request) -> None:
    """Says as much as without `max_tokens`, where that asks for less."""
    limit = request.field("max_tokens")
    if type(limit) is int and 0 < limit < _USUAL:
        request.body["max_tokens"] = _USUAL


@on_request(at="createCompletion", breaks=("completions.default-limit",))
def goes_on_without_a_limit(request: Request) -> None:
    """Says four times as much as it should where no `max_tokens` is given."""
    if isinstance(request.body, dict) and not request.has("max_tokens"):
        request.body["max_tokens"] = 4 * _USUAL


@on_json(at="createCompletion", breaks=("completions.finish-length",))
def calls_cut_texts_whole(document: dict[str, Any]) -> None:
    """Says that texts which a limit cut came to their end."""
    for choice in document["choices"]:
        if choice["finish_reason"] == "length":
            choice["finish_reason"] = "stop"


@on_request(at="createCompletion", breaks=("completions.stop",))
def continues_past_stop_strings(request: Request) -> None:
    """Takes stop strings of texts, and does not look for them."""
    if request.field("stop") and request.body["stop"] != "" and not _broken(request.body["stop"]):
        del request.body["stop"]


@on_request(at="createCompletion", breaks=("completions.stop",))
def streams_past_stop_strings(request: Request) -> None:
    """Does not look for stop strings in streams of completions."""
    if wants_stream(request) and request.field("stop") and not _broken(request.body["stop"]):
        del request.body["stop"]


@on_answer(at="createCompletion", breaks=("completions.finish-stop",))
def calls_stopped_texts_cut(answer: Answer) -> None:
    """Says that texts which a stop string ended were cut by a limit."""
    document = answer.document
    if answer.status == 200 and answer.request.field("stop"):
        for choice in document["choices"]:
            choice["finish_reason"] = "length"
        answer.document = document


def _broken(stop: Any) -> bool:
    """Whether stop strings are none: then that is for others to refuse."""
    listed = stop if isinstance(stop, list) else [stop]
    return not listed or len(listed) > 4 or not all(isinstance(each, str) and each for each in listed)
