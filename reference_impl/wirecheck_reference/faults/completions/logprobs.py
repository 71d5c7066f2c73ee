"""Log probabilities of completions gone wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.completions.reading import choices_of, logprobs_of
from wirecheck_reference.faults.kinds.fault import on_answer, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


def _lists(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [choice["logprobs"] for choice in document["choices"] if choice.get("logprobs")]


@on_json(at="createCompletion", breaks=("completions.logprobs-given",), rows=("CMP-06",))
def gives_logprobs_of_one_text_alone(document: dict[str, Any]) -> None:
    """Gives log probabilities where there is one choice, and none where there are several."""
    for choice in document["choices"] if len(document["choices"]) > 1 else ():
        choice["logprobs"] = None


@on_request(at="createCompletion", breaks=("completions.logprobs-stream",))
def refuses_logprobs_of_streamed_texts(request: Request) -> None:
    """Refuses `logprobs` in streams of completions."""
    if request.field("stream") is True and request.field("logprobs") is not None:
        request.body["logprobs"] = "none"


@on_json(at="createCompletion", breaks=("completions.logprobs-given",), rows=("CMP-03",))
def takes_logprobs_of_texts_and_gives_none(document: dict[str, Any]) -> None:
    """Accepts `logprobs`, and answers without."""
    for choice in document["choices"]:
        choice["logprobs"] = None


@on_json(at="createCompletion", breaks=("completions.logprobs-given",))
def gives_logprobs_as_chats_do(document: dict[str, Any]) -> None:
    """Gives the log probabilities of texts in the form of chats."""
    for choice in document["choices"]:
        if lists := choice["logprobs"]:
            pairs = zip(lists["tokens"], lists["token_logprobs"], strict=True)
            choice["logprobs"] = {"content": [{"token": token, "logprob": number} for token, number in pairs]}


@on_json(at="createCompletion", breaks=("completions.logprobs-given",))
def writes_logprobs_of_texts_as_texts(document: dict[str, Any]) -> None:
    """Writes the log probabilities of tokens as texts."""
    for lists in _lists(document):
        lists["token_logprobs"] = [str(each) for each in lists["token_logprobs"]]


@on_events(at="createCompletion", breaks=("completions.logprobs-stream",))
async def streams_texts_without_logprobs(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the log probabilities out of streams of completions."""
    async for event in events:
        for choice in choices_of(event):
            choice["logprobs"] = None
        yield event


@on_json(at="createCompletion", breaks=("completions.logprobs-aligned",))
def forgets_the_last_logprob(document: dict[str, Any]) -> None:
    """Gives a log probability to each token but the last."""
    for lists in _lists(document):
        lists["token_logprobs"].pop()


@on_answer(at="createCompletion", breaks=("completions.logprobs-text",))
def tells_tokens_in_capitals(answer: Answer) -> None:
    """Writes the tokens of what it says in capitals."""
    document = answer.document
    if answer.request.field("echo") is not True:
        for lists in logprobs_of(answer, document):
            lists["tokens"] = [token.upper() for token in lists["tokens"]]
        answer.document = document


@on_json(at="createCompletion", breaks=("completions.logprobs-offset",))
def counts_offsets_in_tokens(document: dict[str, Any]) -> None:
    """Tells the number of each token in place of its offset."""
    for lists in _lists(document):
        lists["text_offset"] = list(range(len(lists["tokens"])))


@on_events(at="createCompletion", breaks=("completions.logprobs-offset",), rows=("CMP-04",))
async def counts_offsets_anew_in_each_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Counts the offsets in a stream from the beginning of each chunk."""
    async for event in events:
        for lists in _lists({"choices": choices_of(event)}):
            lists["text_offset"] = [0]
        yield event


@on_json(at="createCompletion", breaks=("completions.logprobs-numbers",))
def gives_probabilities_of_texts(document: dict[str, Any]) -> None:
    """Gives probabilities of tokens in place of their logarithms."""
    for lists in _lists(document):
        lists["token_logprobs"] = [each if each is None else 0.5 for each in lists["token_logprobs"]]


@on_json(at="createCompletion", breaks=("completions.logprobs-numbers",))
def does_not_know_its_last_token(document: dict[str, Any]) -> None:
    """Gives null for the last token."""
    for lists in _lists(document):
        lists["token_logprobs"][-1] = None


@on_json(at="createCompletion", breaks=("completions.logprobs-top",))
def gives_no_alternatives_of_texts(document: dict[str, Any]) -> None:
    """Gives no alternatives, however many were asked for."""
    for lists in _lists(document):
        lists["top_logprobs"] = None


@on_json(at="createCompletion", breaks=("completions.logprobs-top",))
def gives_too_many_alternatives_of_texts(document: dict[str, Any]) -> None:
    """Gives five alternatives more than it has."""
    for lists in _lists(document):
        for tops in lists["top_logprobs"]:
            if tops:
                tops.update({f"~{number}": -9.0 - number for number in range(5)})


@on_answer(at="createCompletion", breaks=("completions.logprobs-prompt",))
def tells_no_logprobs_of_the_prompt(answer: Answer) -> None:
    """Leaves the tokens of an echoed prompt out of the log probabilities."""
    document, prompt = answer.document, answer.request.field("prompt")
    if answer.request.field("echo") is True and isinstance(prompt, str):
        for lists in logprobs_of(answer, document):
            behind = sum(offset < len(prompt) for offset in lists["text_offset"])
            for name in lists:
                lists[name] = lists[name][behind:]
        answer.document = document
