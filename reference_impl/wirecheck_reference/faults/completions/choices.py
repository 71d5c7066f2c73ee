"""Prompts and their choices gone wrong: lost, mixed up, out of order, taken for something else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.completions.reading import choices_of, texts_of, wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


@on_request(at="createCompletion", breaks=("completions.lists",))
def takes_two_texts_at_most(request: Request) -> None:
    """Refuses lists of more than two texts."""
    if len(texts_of(request)) > 2:
        request.body["prompt"] = {}


@on_request(at="createCompletion", breaks=("completions.count",), rows=("CMP-01",))
def continues_the_first_text_alone(request: Request) -> None:
    """Continues the first text of a list, and loses the others, without a stream."""
    if texts_of(request) and not wants_stream(request):
        request.body["prompt"] = texts_of(request)[:1]


@on_request(at="createCompletion", breaks=("completions.count",), rows=("CMP-05",))
def makes_one_choice_for_each_text(request: Request) -> None:
    """Takes `n`, and makes one choice of each text without a stream, unless it is to be the best of several."""
    n = request.field("n")
    if type(n) is int and 1 < n <= 128 and not wants_stream(request) and request.field("best_of") is None:
        request.body["n"] = 1


@on_json(at="createCompletion", breaks=("completions.count",))
def numbers_choices_from_one(document: dict[str, Any]) -> None:
    """Counts the choices of several from 1 on, and says the first one twice."""
    for choice in document["choices"][1:]:
        choice["index"] -= 1


@on_request(at="createCompletion", breaks=("completions.stream-count",))
def streams_the_first_text_alone(request: Request) -> None:
    """Continues the first text of a list, and loses the others, in streams."""
    if texts_of(request) and wants_stream(request):
        request.body["prompt"] = texts_of(request)[:1]


@on_events(at="createCompletion", breaks=("completions.stream-count",))
async def finishes_the_first_choice_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Finishes the first of several choices in a stream, and no other."""
    async for event in events:
        for choice in choices_of(event):
            if choice["index"]:
                choice["finish_reason"] = None
        yield event


@on_json(at="createCompletion", breaks=("completions.order",))
def gives_the_first_text_the_last_choice(document: dict[str, Any]) -> None:
    """Numbers the choices of a list from its end."""
    choices = document["choices"]
    texts = [choice["text"] for choice in choices]
    for choice, text in zip(choices, reversed(texts), strict=True):
        choice["text"] = text


@on_request(at="createCompletion", breaks=("completions.order",))
def streams_lists_from_their_end(request: Request) -> None:
    """Continues the texts of a list in reverse order in streams."""
    if wants_stream(request) and len(texts_of(request)) > 1:
        request.body["prompt"] = texts_of(request)[::-1]


@on_json(at="createCompletion", breaks=("completions.in-order",))
def lists_choices_as_they_came(document: dict[str, Any]) -> None:
    """Lists its choices by their ends, the last one first, each with its right index."""
    document["choices"].reverse()


@on_events(at="createCompletion", breaks=("completions.same-text",))
async def streams_completions_without_foreign_letters(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves letters beyond those of Latin out of streams of completions."""
    async for event in events:
        for choice in choices_of(event):
            choice["text"] = "".join(letter for letter in choice["text"] if letter < "\u0250")
        yield event


@on_request(at="createCompletion", breaks=("completions.tokens",))
def takes_each_token_for_a_text(request: Request) -> None:
    """Takes each token of a list for a prompt of its own."""
    prompt = request.field("prompt")
    if isinstance(prompt, list) and prompt and all(type(each) is int for each in prompt):
        request.body["prompt"] = [[each] for each in prompt]


@on_request(at="createCompletion", breaks=("completions.empty-list",))
def continues_nothing(request: Request) -> None:
    """Takes an empty list for an empty text."""
    if request.field("prompt") == []:
        request.body["prompt"] = ""


@on_request(at="createCompletion", breaks=("completions.spoiled-list",))
def continues_what_it_can(request: Request) -> None:
    """Continues the texts of a list in which something is none."""
    prompt = request.field("prompt")
    texts = [each for each in prompt if isinstance(each, str)] if isinstance(prompt, list) else []
    if texts and len(texts) < len(prompt):
        request.body["prompt"] = texts


@on_answer(at="createCompletion", breaks=("completions.usage-list",))
def counts_one_text_of_a_list(answer: Answer) -> None:
    """Counts the prompt of one text of a list, and all that is said."""
    document, texts = answer.document, texts_of(answer.request)
    if answer.status == 200 and len(texts) > 1:
        usage = document["usage"]
        usage["prompt_tokens"] //= len(texts)
        usage["total_tokens"] = usage["prompt_tokens"] + usage["completion_tokens"]
        answer.document = document


@on_json(at="createCompletion", breaks=("completions.usage",), rows=("USG-10",))
def counts_no_completion(document: dict[str, Any]) -> None:
    """Answers completions without usage."""
    del document["usage"]


@on_json(at="createCompletion", breaks=("completions.usage-sum",), rows=("USG-06",))
def adds_completions_up_wrongly(document: dict[str, Any]) -> None:
    """Leaves the prompt out of the total of the usage of completions."""
    document["usage"]["total_tokens"] = document["usage"]["completion_tokens"]
