"""Chat answers gone wrong: fields of requests ignored, fields of answers broken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.fault import on_documents, on_events, on_json, on_request
from wirecheck_reference.faults.parts import Answer, Asked, Event

_seen: list[bytes] = []
_texts: dict[str, str] = {}


def _messages(asked: Asked) -> list[dict[str, Any]]:
    found = asked.body.get("messages") if isinstance(asked.body, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _prompt(asked: Asked) -> str:
    last = _messages(asked)[-1].get("content") if _messages(asked) else None
    return last if isinstance(last, str) else ""


def _stops(asked: Asked) -> bool:
    """Whether a request has one stop string of several words."""
    stop = asked.body.get("stop") if isinstance(asked.body, dict) else None
    only = stop[0] if isinstance(stop, list) and len(stop) == 1 else stop
    return isinstance(only, str) and " " in only.strip()


@on_documents(breaks=("chat.created",), rows=("CHK-11",))
def counts_time_in_milliseconds(document: dict[str, Any]) -> None:
    """Gives `created` in milliseconds."""
    document["created"] *= 1000


@on_json(breaks=("usage.sum",), rows=("USG-06",))
def adds_usage_up_wrongly(document: dict[str, Any]) -> None:
    """Leaves the prompt out of the total of the usage."""
    document["usage"]["total_tokens"] = document["usage"]["completion_tokens"]


@on_request(breaks=("chat.n", "chat.n-stream"), rows=("PAR-02",))
def answers_with_one_choice(asked: Asked) -> None:
    """Takes `n` and answers with one choice."""
    if isinstance(asked.body, dict) and asked.body.get("n") in range(2, 129):
        asked.body["n"] = 1


@on_request(breaks=("finish.max-completion-tokens",), rows=("PAR-01",))
def ignores_max_completion_tokens(asked: Asked) -> None:
    """Takes `max_completion_tokens` and does not keep it."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("max_completion_tokens"), int):
        asked.body["max_completion_tokens"] = 4096 if asked.body["max_completion_tokens"] > 0 else 0


@on_request(breaks=("chat.minimal",), rows=("VAL-06",))
def wants_max_tokens(asked: Asked) -> None:
    """Refuses requests that set no limit."""
    if isinstance(asked.body, dict) and not {"max_tokens", "max_completion_tokens"} & set(asked.body):
        asked.body.pop("model", None)


@on_request(breaks=("chat.system-role",))
def knows_no_system_role(asked: Asked) -> None:
    """Refuses messages of the role `system`."""
    if any(message.get("role") == "system" for message in _messages(asked)):
        asked.body["messages"] = []


@on_request(breaks=("chat.developer-role",))
def knows_no_developer_role(asked: Asked) -> None:
    """Refuses messages of the role `developer`."""
    if any(message.get("role") == "developer" for message in _messages(asked)):
        asked.body["messages"] = []


@on_request(breaks=("chat.text-parts",), rows=("REJ-02",))
def wants_content_as_a_string(asked: Asked) -> None:
    """Refuses content that is a list of parts."""
    if any(isinstance(message.get("content"), list) for message in _messages(asked)):
        asked.body["messages"] = []


@on_request(breaks=("chat.text-parts",), rows=("REJ-02",))
def reads_no_parts(asked: Asked) -> None:
    """Takes content that is a list of parts, and reads nothing of it."""
    for message in _messages(asked):
        if isinstance(message.get("content"), list):
            message["content"] = "."


@on_request(breaks=("chat.documented-fields",), rows=("REJ-04",))
def refuses_metadata(asked: Asked) -> None:
    """Refuses `metadata`."""
    if isinstance(asked.body, dict) and "metadata" in asked.body:
        asked.body["metadata"] = 5


@on_json(breaks=("chat.completion-shape",))
def answers_without_a_role(document: dict[str, Any]) -> None:
    """Leaves the role out of its messages."""
    for choice in document["choices"]:
        del choice["message"]["role"]


@on_documents(breaks=("chat.id-unique",))
def calls_every_answer_the_same(document: dict[str, Any]) -> None:
    """Gives every answer the same id."""
    document["id"] = "chatcmpl-1"


@on_events(breaks=("chat.id-unique",))
async def calls_every_stream_the_same(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every stream the same id."""
    async for event in events:
        yield {**event, "id": "chatcmpl-1"} if isinstance(event, dict) and "id" in event else event


@on_json(breaks=("chat.choice-index",), rows=("CHK-07",))
def counts_choices_of_answers_from_one(document: dict[str, Any]) -> None:
    """Gives the first choice of an answer without a stream the index 1."""
    for choice in document["choices"]:
        choice["index"] += 1


@on_documents(breaks=("chat.whole-numbers",))
def writes_counts_as_fractions(document: dict[str, Any]) -> None:
    """Writes 22.0 for 22."""
    document["created"] = float(document["created"])
    for choice in document["choices"]:
        choice["index"] = float(choice["index"])
    for name in ("prompt_tokens", "completion_tokens", "total_tokens") if document.get("usage") else ():
        document["usage"][name] = float(document["usage"][name])


@on_request(breaks=("chat.characters",), rows=("SSE-21",))
def reads_characters_in_halves(asked: Asked) -> None:
    """Loses some characters of three bytes on the way in."""
    for message in _messages(asked):
        if isinstance(message.get("content"), str):
            message["content"] = message["content"].replace("日", "\ufffd")


@on_events(breaks=("chat.characters",), rows=("SSE-21",))
async def says_characters_in_halves(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Streams some characters of three bytes as marks of lost characters."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            if "日" in (choice["delta"].get("content") or "") and not choice["logprobs"]:
                choice["delta"]["content"] = choice["delta"]["content"].replace("日", "\ufffd\ufffd")
        yield event


@on_request(breaks=("chat.text",), rows=("ERR-11",))
def answers_nothing_to_foreigners(asked: Asked) -> None:
    """Answers with nothing where the prompt is not ASCII."""
    if "日" in _prompt(asked) and "logprobs" not in asked.body:
        asked.body["messages"] = [{"role": "user", "content": ""}]


@on_request(breaks=("chat.seed",), rows=("PAR-05",))
def ignores_the_seed(asked: Asked) -> None:
    """Answers the same request otherwise the second time."""
    if "日" in _prompt(asked) and asked.raw in _seen and not asked.body.get("stream"):
        asked.body["messages"] = [{"role": "user", "content": f"{_prompt(asked)} Again?"}]
    _seen.append(asked.raw)


@on_events(breaks=("chat.n-stream",), rows=("FIN-06",))
async def finishes_the_last_choice_alone(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Finishes only the last of several choices."""
    several = False
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            several = several or choice["index"] > 0
            if several and choice["index"] == 0:
                choice["finish_reason"] = None
        yield event


@on_request(breaks=("chat.n-stream",), rows=("PAR-03",))
def streams_one_choice_only(asked: Asked) -> None:
    """Refuses `n` above 1 in streams."""
    if isinstance(asked.body, dict) and asked.body.get("stream") is True and asked.body.get("n") == 2:
        asked.body["n"] = 0


@on_json(breaks=("chat.n",), rows=("PAR-02",))
def leaves_the_second_choice_empty(document: dict[str, Any]) -> None:
    """Answers with two choices, and the second says nothing."""
    for choice in document["choices"][1:]:
        choice["message"]["content"] = ""


@on_request(breaks=("chat.stop-stream",), rows=("STOP-03",))
def wants_stop_strings_in_a_list(asked: Asked) -> None:
    """Takes a stop string that stands in no list, and does not stop."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("stop"), str):
        del asked.body["stop"]


@on_json(breaks=("chat.stop",), rows=("STOP-03",))
def stops_a_token_too_early(document: dict[str, Any]) -> None:
    """Throws away the token in which a stop string begins."""
    for choice in document["choices"]:
        if choice["message"]["content"] == "alpha be":
            choice["message"]["content"] = "alpha"


@on_request(breaks=("chat.stop", "chat.stop-stream"))
def refuses_stop_strings(asked: Asked) -> None:
    """Refuses stop strings."""
    if _stops(asked):
        asked.body["stop"] = 5


@on_request(breaks=("chat.stop",), rows=("STOP-03",))
def ignores_stop_strings(asked: Asked) -> None:
    """Takes stop strings and does not stop, where no stream is asked for."""
    if _stops(asked) and not asked.body.get("stream"):
        del asked.body["stop"]


@on_request(breaks=("chat.stop-stream",), rows=("STOP-03",))
def streams_stop_strings(asked: Asked) -> None:
    """Takes stop strings and does not stop in streams."""
    if _stops(asked) and asked.body.get("stream"):
        del asked.body["stop"]


@on_request(breaks=("concurrency.isolation",), rows=("CON-02",))
def caches_by_the_beginning(asked: Asked) -> None:
    """Answers short prompts that begin alike with the first one's answer."""
    if len(prompt := _prompt(asked)) < 40:
        for message in _messages(asked)[-1:] if prompt else ():
            message["content"] = _texts.setdefault(prompt[:21], prompt)


@on_request(breaks=("concurrency.served",))
def refuses_prompts_like_the_last(asked: Asked) -> Answer | None:
    """Answers 409 to a short prompt that begins as the one before it did."""
    prompt, last = _prompt(asked), _texts.get("last", "")
    _texts["last"] = prompt
    if prompt == last or prompt[:21] != last[:21] or not 21 < len(prompt) < 40:
        return None
    error = ApiError(409, "conflict", "A request like this one is under way.")
    return Answer(asked, 409, {"content-type": "application/json"}, error.body())


@on_request(breaks=("context.exceeded",), rows=("VAL-14",))
def cuts_max_tokens_down(asked: Asked) -> None:
    """Takes more max_tokens than the window holds, and cuts them down in silence."""
    if isinstance(asked.body, dict) and asked.body.get("max_tokens", 0) in range(4097, 100_000):
        asked.body["max_tokens"] = 4096
