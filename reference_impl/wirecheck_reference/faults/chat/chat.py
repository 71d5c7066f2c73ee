"""Chat answers gone wrong: fields of requests ignored, fields of answers broken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from copy import deepcopy
from typing import Any

from wirecheck_reference.faults.chat.reading import (
    empty_prompt,
    has_stop_of_words,
    is_foreign,
    is_stopped,
    messages_of,
    prompt_of,
    wants_stream,
    without_some_characters,
)
from wirecheck_reference.faults.kinds.fault import on_answer, on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


@on_documents(at="createChatCompletion", breaks=("chat.created",), rows=("CHK-11",))
def counts_time_in_milliseconds(document: dict[str, Any]) -> None:
    """Gives `created` in milliseconds."""
    document["created"] *= 1000


@on_request(at="createChatCompletion", breaks=("chat.obeyed",), rows=("PAR-02",))
def answers_with_one_choice(request: Request) -> None:
    """Takes `n` and answers with one choice."""
    if request.field("n") in range(2, 129):
        request.body["n"] = 1


@on_request(at="createChatCompletion", breaks=("chat.minimal",), rows=("VAL-06",))
def wants_max_tokens(request: Request) -> None:
    """Refuses requests that set no limit."""
    if isinstance(request.body, dict) and not {"max_tokens", "max_completion_tokens"} & set(request.body):
        request.body.pop("model", None)


@on_request(at="createChatCompletion", breaks=("chat.system-role",))
def knows_no_system_role(request: Request) -> None:
    """Refuses messages of the role `system`."""
    if any(message.get("role") == "system" for message in messages_of(request)):
        request.body["messages"] = []


@on_request(at="createChatCompletion", breaks=("chat.developer-role",))
def knows_no_developer_role(request: Request) -> None:
    """Refuses messages of the role `developer`."""
    if any(message.get("role") == "developer" for message in messages_of(request)):
        request.body["messages"] = []


@on_request(at="createChatCompletion", breaks=("chat.text-parts",), rows=("REJ-02",))
def wants_content_as_a_string(request: Request) -> None:
    """Refuses content that is a list of parts."""
    if any(isinstance(message.get("content"), list) for message in messages_of(request)):
        request.body["messages"] = []


@on_request(at="createChatCompletion", breaks=("chat.text-parts",), rows=("REJ-02",))
def reads_no_parts(request: Request) -> None:
    """Takes content that is a list of texts, and reads nothing of it."""
    for message in messages_of(request):
        parts = message.get("content")
        # What is broken in a part stays as it is, and is refused.
        if isinstance(parts, list) and all(isinstance(each, dict) and each.get("type") == "text" for each in parts):
            for part in parts:
                if isinstance(part.get("text"), str) and part["text"]:
                    part["text"] = "."


@on_request(at="createChatCompletion", breaks=("chat.documented-fields",), rows=("REJ-04",))
def refuses_to_store(request: Request) -> None:
    """Refuses `store`, true or false."""
    if request.field("store") is not None:
        request.body["store"] = 5


@on_request(at="createChatCompletion", breaks=("chat.n",))
def refuses_several_choices_without_a_stream(request: Request) -> None:
    """Refuses `n` above 1 where no stream is asked for."""
    n = request.field("n")
    if isinstance(n, int) and n > 1 and not wants_stream(request):
        request.body["n"] = -1


@on_json(at="createChatCompletion", breaks=("chat.completion-shape",))
def answers_without_a_role(document: dict[str, Any]) -> None:
    """Leaves the role out of its messages."""
    for choice in document["choices"]:
        del choice["message"]["role"]


@on_documents(at="createChatCompletion", breaks=("chat.id-unique",))
def calls_every_answer_the_same(document: dict[str, Any]) -> None:
    """Gives every answer the same id."""
    document["id"] = "chatcmpl-1"


@on_events(at="createChatCompletion", breaks=("chat.id-unique",))
async def calls_every_stream_the_same(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every stream the same id."""
    async for event in events:
        yield {**event, "id": "chatcmpl-1"} if isinstance(event, dict) and "id" in event else event


@on_documents(at="createChatCompletion", breaks=("chat.id-unique",), rows=("ID-01",))
def draws_its_ids_from_a_hat(document: dict[str, Any]) -> None:
    """Gives answers one of 999 ids, all chunks of a stream the same."""
    document["id"] = f"chatcmpl-{int(document['id'].rpartition('-')[2], 16) % 999}"


@on_answer(at="createChatCompletion", breaks=("chat.id-unique",))
def names_answers_after_requests(answer: Answer) -> None:
    """Makes the id of an answer out of its request's `x-request-id`, where that comes with one."""
    document, own = answer.document, answer.request.headers.get("x-request-id")
    if own and answer.status == 200 and isinstance(document, dict):
        answer.document = {**document, "id": f"chatcmpl-{own}"}


@on_json(at="createChatCompletion", breaks=("chat.choice-index",), rows=("CHK-07",))
def counts_choices_of_answers_from_one(document: dict[str, Any]) -> None:
    """Gives the first choice of an answer without a stream the index 1."""
    for choice in document["choices"]:
        choice["index"] += 1


@on_documents(at="createChatCompletion", breaks=("chat.whole-numbers",))
def writes_counts_as_fractions(document: dict[str, Any]) -> None:
    """Writes 22.0 for 22."""
    document["created"] = float(document["created"])
    for choice in document["choices"]:
        choice["index"] = float(choice["index"])
    for name in ("prompt_tokens", "completion_tokens", "total_tokens") if document.get("usage") else ():
        document["usage"][name] = float(document["usage"][name])


@on_request(at="createChatCompletion", breaks=("chat.characters",), rows=("SSE-21",))
def reads_characters_in_halves(request: Request) -> None:
    """Loses some characters of three bytes on the way in."""
    for message in messages_of(request):
        if isinstance(message.get("content"), str):
            message["content"] = without_some_characters(message["content"], "\ufffd")


@on_events(at="createChatCompletion", breaks=("chat.characters",), rows=("SSE-21",))
async def says_characters_in_halves(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams some characters of three bytes as marks of lost characters."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if choice["delta"].get("content") and not choice["logprobs"]:
                choice["delta"]["content"] = without_some_characters(choice["delta"]["content"], "\ufffd\ufffd")
        yield event


@on_request(at="createChatCompletion", breaks=("chat.text",), rows=("ERR-11",))
def answers_nothing_to_foreigners(request: Request) -> None:
    """Answers with nothing where the prompt is not ASCII, unless logprobs are asked for."""
    if is_foreign(request) and not request.has("logprobs"):
        empty_prompt(request)


@on_request(at="createChatCompletion", breaks=("chat.seed",), rows=("PAR-05",), remembers=list)
def ignores_the_seed(request: Request, memory: list[Any]) -> None:
    """Answers the same request otherwise the second time, where it has a seed, no stream and no tools."""
    if not prompt_of(request) or not request.has("seed") or request.has("tools") or wants_stream(request):
        return
    before = request.body in memory
    memory.append(deepcopy(request.body))
    if before:
        messages_of(request)[-1]["content"] += " Again?"


@on_events(at="createChatCompletion", breaks=("chat.n-stream",), rows=("FIN-06",))
async def finishes_the_last_choice_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Finishes only the last of several choices."""
    several = False
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            several = several or choice["index"] > 0
            if several and choice["index"] == 0:
                choice["finish_reason"] = None
        yield event


@on_request(at="createChatCompletion", breaks=("chat.n-stream",), rows=("PAR-03",))
def streams_one_choice_only(request: Request) -> None:
    """Refuses `n` above 1 in streams."""
    if wants_stream(request) and request.field("n") in range(2, 129):
        request.body["n"] = 0


@on_json(at="createChatCompletion", breaks=("chat.n",), rows=("PAR-02",))
def leaves_the_second_choice_empty(document: dict[str, Any]) -> None:
    """Answers with two choices, and the second says nothing."""
    for choice in document["choices"][1:]:
        choice["message"]["content"] = ""


@on_request(at="createChatCompletion", breaks=("chat.stop-stream",), rows=("STOP-03",))
def wants_stop_strings_in_a_list(request: Request) -> None:
    """Takes a stop string that stands in no list, and does not stop."""
    if request.field("stop") and isinstance(request.field("stop"), str):
        del request.body["stop"]


@on_answer(at="createChatCompletion", breaks=("chat.stop",), rows=("STOP-03",))
def stops_a_token_too_early(answer: Answer) -> None:
    """Throws away the last word of an answer that a stop string ended."""
    if answer.status == 200 and (document := answer.document) and is_stopped(answer.request):
        for choice in document["choices"]:
            if choice["finish_reason"] == "stop" and choice["message"].get("content"):
                choice["message"]["content"] = choice["message"]["content"].rpartition(" ")[0]
        answer.document = document


@on_request(at="createChatCompletion", breaks=("chat.stop", "chat.stop-stream"))
def refuses_stop_strings(request: Request) -> None:
    """Refuses a stop string of several words."""
    if has_stop_of_words(request):
        request.body["stop"] = 5


@on_request(at="createChatCompletion", breaks=("chat.stop",), rows=("STOP-03",))
def ignores_stop_strings(request: Request) -> None:
    """Takes a stop string of several words and does not stop, where no stream is asked for."""
    if has_stop_of_words(request) and not wants_stream(request):
        del request.body["stop"]


@on_request(at="createChatCompletion", breaks=("chat.stop-stream",), rows=("STOP-03",))
def streams_stop_strings(request: Request) -> None:
    """Takes a stop string of several words and does not stop in streams."""
    if has_stop_of_words(request) and wants_stream(request):
        del request.body["stop"]
