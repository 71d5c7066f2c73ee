"""Log probabilities gone wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


def _tokens(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for choice in document["choices"]:
        yield from (choice.get("logprobs") or {}).get("content") or ()


@on_request(at="createChatCompletion", breaks=("logprobs.alternatives",))
def refuses_alternatives(request: Request) -> None:
    """Takes `logprobs: true`, and refuses `top_logprobs`."""
    if request.field("top_logprobs") is not None:
        request.body["top_logprobs"] = "none"


@on_request(at="createChatCompletion", breaks=("logprobs.both-modes",))
def refuses_logprobs_in_streams(request: Request) -> None:
    """Refuses `logprobs: true` where a stream is asked for."""
    if request.field("logprobs") is True and wants_stream(request):
        request.body["logprobs"] = 5


@on_documents(at="createChatCompletion", breaks=("logprobs.shape",))
def leaves_the_numbers_out(document: dict[str, Any]) -> None:
    """Gives tokens without their logprob."""
    for token in _tokens(document):
        del token["logprob"]


@on_json(at="createChatCompletion", breaks=("logprobs.given",))
def takes_logprobs_and_gives_none(document: dict[str, Any]) -> None:
    """Accepts `logprobs: true` and answers without."""
    for choice in document["choices"]:
        choice["logprobs"] = None


@on_events(at="createChatCompletion", breaks=("logprobs.stream",))
async def streams_without_logprobs(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the logprobs out of streams."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["logprobs"] = None
        yield event


@on_json(at="createChatCompletion", breaks=("logprobs.text",))
def forgets_the_last_token(document: dict[str, Any]) -> None:
    """Gives logprobs for all tokens but the last."""
    for choice in document["choices"]:
        if (choice.get("logprobs") or {}).get("content"):
            choice["logprobs"]["content"].pop()


@on_json(at="createChatCompletion", breaks=("logprobs.range",))
def gives_probabilities(document: dict[str, Any]) -> None:
    """Gives probabilities in place of their logarithms."""
    for token in _tokens(document):
        token["logprob"] = 0.5


@on_events(at="createChatCompletion", breaks=("logprobs.range",))
async def streams_probabilities(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives probabilities in streams."""
    async for event in events:
        for token in _tokens(event) if isinstance(event, dict) and "choices" in event else ():
            token["logprob"] = 0.5
        yield event


@on_json(at="createChatCompletion", breaks=("logprobs.top",))
def gives_alternatives_twice(document: dict[str, Any]) -> None:
    """Gives more alternatives than were asked for."""
    for token in _tokens(document):
        token["top_logprobs"] *= 2


@on_json(at="createChatCompletion", breaks=("logprobs.top",))
def gives_one_alternative(document: dict[str, Any]) -> None:
    """Gives one alternative, however many were asked for."""
    for token in _tokens(document):
        token["top_logprobs"] = token["top_logprobs"][:1]


@on_request(at="createChatCompletion", breaks=("logprobs.alone",), rows=("REJ-06",))
def wants_top_logprobs_too(request: Request) -> None:
    """Refuses `logprobs` without `top_logprobs`."""
    if request.field("logprobs") is True and not request.has("top_logprobs"):
        request.body["top_logprobs"] = 21


@on_request(at="createChatCompletion", breaks=("logprobs.unasked",))
def always_gives_logprobs(request: Request) -> None:
    """Gives logprobs to those who did not ask, too."""
    if isinstance(request.body, dict) and not request.has("logprobs") and not wants_stream(request):
        request.body["logprobs"] = True


@on_answer(at="createChatCompletion", breaks=("http.json",), rows=("LOG-05",))
def writes_minus_infinity(answer: Answer) -> None:
    """Writes a logarithm of nothing as -Infinity, which is no JSON."""
    answer.body = answer.body.replace(b'"logprob":', b'"logprob":-Infinity,"was":', 1)
