"""Validation gone wrong: what is taken that should be refused, and refusals that mislead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Message
from wirecheck_contract.models import ChatCompletionRequest

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.fault import on_answer, on_connection, on_error, on_receive, on_request
from wirecheck_reference.faults.parts import Answer, Asked

_down: list[bool] = []


@on_request(breaks=("validation.refused",), rows=("VAL-18",))
def takes_any_temperature(asked: Asked) -> None:
    """Takes temperatures above 2 and ignores them."""
    temperature = asked.body.get("temperature") if isinstance(asked.body, dict) else None
    if isinstance(temperature, int | float) and temperature > 2:
        del asked.body["temperature"]


@on_request(breaks=("validation.refused",), rows=("VAL-12",))
def serves_one_token_at_least(asked: Asked) -> None:
    """Takes a `max_tokens` below 1 for 1."""
    if isinstance(asked.body, dict) and asked.body.get("max_tokens") in (0, -1):
        asked.body["max_tokens"] = 1


@on_request(breaks=("validation.refused",), rows=("VAL-15",))
def counts_to_a_million(asked: Asked) -> None:
    """Takes an `n` of any size."""
    if isinstance(asked.body, dict) and asked.body.get("n") == 10**6:
        asked.body["n"] = 2


@on_answer(breaks=("validation.refused",), rows=("STA-02", "STA-03"))
def looks_for_the_model_first(answer: Answer) -> None:
    """Says that the model does not exist where the messages are missing."""
    if answer.status == 422 and b'"param":"messages"' in answer.body:
        answer.status, answer.document = 404, ApiError(404, "model_not_found", "No such model.").document()


@on_error(breaks=("validation.param",))
def names_no_field(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses a field without naming it."""
    if answer.status == 422:
        envelope["error"]["param"] = None


@on_answer(breaks=("validation.stream-status",), rows=("STA-05",))
def refuses_streams_otherwise(answer: Answer) -> None:
    """Refuses with 400 in a stream what it refuses with 422 elsewhere."""
    if answer.status == 422 and b'"stream": true' in answer.asked.raw:
        answer.status = 400


def _failure(asked: Asked) -> Answer:
    error = ApiError(500, "internal_error", "The server failed to answer this request.")
    return Answer(asked, 500, {"content-type": "application/json"}, error.body())


@on_request(breaks=("errors.no-5xx",), rows=("VAL-03", "VAL-04"))
def falls_over_deep_schemas(asked: Asked) -> Answer | None:
    """Answers 500 to schemas that are nested deep."""
    return _failure(asked) if asked.raw.count(b'"items":{') > 1000 else None


@on_request(breaks=("errors.no-5xx",), rows=("VAL-16", "VAL-17"))
def falls_over_empty_content(asked: Asked) -> Answer | None:
    """Answers 500 to a message without a word."""
    return _failure(asked) if b'"content": ""}' in asked.raw else None


@on_request(breaks=("errors.no-5xx",), rows=("STA-12", "VAL-10"))
def falls_over_limits(asked: Asked) -> Answer | None:
    """Answers 500 to no tokens and to five stop strings."""
    body = asked.body if isinstance(asked.body, dict) else {}
    return _failure(asked) if body.get("max_tokens") == 0 or body.get("stop") == ["a", "b", "c", "d", "e"] else None


@on_request(breaks=("validation.alive",), rows=("VAL-02",))
def does_not_survive_deep_nesting(asked: Asked) -> Answer | None:
    """Does not serve the chat that comes after a deeply nested request."""
    if asked.raw.count(b"[") > 2000:
        _down.append(True)
        return None
    if not _down or (asked.method, asked.path) != ("POST", "/v1/chat/completions"):
        return None
    _down.clear()
    error = ApiError(503, "service_unavailable", "The server is down.")
    return Answer(asked, 503, {"content-type": "application/json", "retry-after": "1"}, error.body())


@on_connection(breaks=("validation.answered",), rows=("VAL-05",))
def hangs_up_on_broken_json(asked: Asked) -> bool:
    """Closes the connection on a body that is no JSON."""
    return asked.path == "/v1/chat/completions" and asked.method == "POST" and asked.body is None


@on_request(breaks=("validation.refused-tools",))
def takes_any_tools(asked: Asked) -> None:
    """Ignores tools that are no list."""
    if isinstance(asked.body, dict) and isinstance(asked.body.get("tools"), str):
        del asked.body["tools"]


@on_request(breaks=("validation.refused-format",))
def takes_any_format(asked: Asked) -> None:
    """Takes a `response_format` of a type that does not exist for text."""
    if isinstance(asked.body, dict) and asked.body.get("response_format") == {"type": "poem"}:
        del asked.body["response_format"]


@on_request(breaks=("validation.refused-logprobs",))
def takes_any_number_of_logprobs(asked: Asked) -> None:
    """Gives twenty alternatives to those who ask for ninety-nine."""
    if isinstance(asked.body, dict) and asked.body.get("top_logprobs") == 99:
        asked.body["top_logprobs"] = 20


@on_request(breaks=("validation.refused-rest",))
def takes_any_verbosity(asked: Asked) -> None:
    """Ignores a `verbosity` that is none."""
    if isinstance(asked.body, dict) and asked.body.get("verbosity", "low") not in ("low", "medium", "high", None):
        del asked.body["verbosity"]


@on_request(breaks=("validation.unknown-field",))
def ignores_unknown_fields(asked: Asked) -> None:
    """Takes fields that it does not know."""
    if isinstance(asked.body, dict) and "messages" in asked.body:
        for name in set(asked.body) - set(ChatCompletionRequest.model_fields):
            del asked.body[name]


@on_request(breaks=("validation.null-byte",))
def takes_null_bytes(asked: Asked) -> None:
    """Takes null bytes in content."""
    if b"\\u0000" in asked.raw and isinstance(asked.body, dict) and isinstance(asked.body.get("messages"), list):
        asked.body["messages"] = [{"role": "user", "content": "hello"}]


@on_request(breaks=("validation.surrogate",))
def takes_half_characters(asked: Asked) -> None:
    """Takes lone surrogates in content."""
    asked.raw = asked.raw.replace(b"a\\ud800b", b"ab")


@on_request(breaks=("validation.stream-options",), rows=("VAL-20",))
def takes_stream_options_without_a_stream(asked: Asked) -> None:
    """Takes `stream_options` without `stream`."""
    body = asked.body if isinstance(asked.body, dict) else {}
    if "stream" not in body and body.get("stream_options") == {"include_usage": True}:
        del body["stream_options"]


@on_receive(breaks=("validation.endless",), rows=("VAL-13",))
async def works_for_ever(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Gives no answer to a request for a billion tokens."""
    async for message in messages:
        if b'"max_tokens": 1000000000' in message.get("body", b""):
            await asyncio.sleep(60)
        yield message


@on_request(breaks=("validation.accepted",), rows=("REJ-04",))
def refuses_a_documented_field(asked: Asked) -> None:
    """Refuses `verbosity`, which the contract has."""
    if isinstance(asked.body, dict) and "verbosity" in asked.body:
        asked.body["verbosity"] = 7
