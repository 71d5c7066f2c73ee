"""Validation gone wrong: what is taken that should be refused, and refusals that mislead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from wirecheck_contract.models import ChatCompletionRequest

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.chat.reading import messages_of, wants_stream
from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_connection, on_error, on_request, on_silence
from wirecheck_reference.faults.kinds.parts import Answer, Request

_DEEP: Final = 1000
# What is wrong in other fields is a matter of what those are for.
_EVERYBODY_READS: Final = ("messages", "temperature", "n")
_REPEATED: Final = re.compile(r"[+*]\)[+*]")
_ENDLESS: Final = 1_000_000
_FORMATS: Final = ("text", "json_object", "json_schema")
_STREAM_OPTIONS: Final = frozenset({"include_usage", "include_obfuscation"})


class Health:
    """How many requests a server that has fallen sends away."""

    def __init__(self) -> None:
        self.down = 0


@on_answer(
    at="createChatCompletion", breaks=("validation.refused", "validation.stream-status"), rows=("STA-05", "STA-06")
)
def answers_200_before_it_validates(answer: Answer) -> None:
    """Refuses invalid requests for a stream with 200 and an error event."""
    if answer.status == 422 and wants_stream(answer.request) and answer.error.get("param") in _EVERYBODY_READS:
        answer.status, answer.body = 200, b"data: " + answer.body + b"\n\n"
        answer.headers |= {"content-type": "text/event-stream", "cache-control": "no-cache"}


@on_request(at="createChatCompletion", breaks=("validation.refused",), rows=("VAL-18",))
def takes_any_temperature(request: Request) -> None:
    """Takes temperatures above 2 and ignores them."""
    temperature = request.field("temperature")
    if isinstance(temperature, int | float) and temperature > 2:
        del request.body["temperature"]


@on_request(at="createChatCompletion", breaks=("validation.refused",), rows=("VAL-12",))
def serves_one_token_at_least(request: Request) -> None:
    """Takes a `max_tokens` below 1 for 1."""
    limit = request.field("max_tokens")
    if isinstance(limit, int) and not isinstance(limit, bool) and limit < 1:
        request.body["max_tokens"] = 1


@on_request(at="createChatCompletion", breaks=("validation.refused",), rows=("VAL-15",))
def counts_to_a_million(request: Request) -> None:
    """Takes an `n` of any size."""
    if isinstance(request.field("n"), int) and request.body["n"] > 128:
        request.body["n"] = 2


@on_answer(at="createChatCompletion", breaks=("validation.refused",), rows=("STA-02", "STA-03"))
def looks_for_the_model_first(answer: Answer) -> None:
    """Says that the model does not exist where the messages are missing."""
    if answer.status == 422 and not answer.request.has("messages"):
        answer.status, answer.document = 404, ApiError(404, "model_not_found", "No such model.").document()


@on_error(at=EVERY, breaks=("validation.param",))
def names_no_field(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses a field without naming it."""
    if answer.status == 422:
        envelope["error"]["param"] = None


@on_answer(at="createChatCompletion", breaks=("validation.stream-status",), rows=("STA-05",))
def refuses_streams_otherwise(answer: Answer) -> None:
    """Refuses with 400 in a stream what it refuses with 422 elsewhere."""
    if answer.status == 422 and wants_stream(answer.request):
        answer.status = 400


@on_request(at="createChatCompletion", breaks=("validation.alive",), rows=("VAL-02",), remembers=Health)
def does_not_survive_deep_nesting(request: Request, memory: Health) -> Answer | None:
    """Does not serve the three chats that come after a deeply nested request."""
    if request.depth > _DEEP:
        memory.down = 3
        return None
    if not memory.down:
        return None
    memory.down -= 1
    error = ApiError(503, "service_unavailable", "The server is down.")
    return Answer(request, 503, {"content-type": "application/json", "retry-after": "1"}, error.body())


@on_connection(at="createChatCompletion", breaks=("validation.answered",), rows=("VAL-05",))
def hangs_up_on_broken_json(request: Request) -> bool:
    """Closes the connection on a body that is no JSON."""
    return request.malformed


@on_request(at="createChatCompletion", breaks=("validation.refused-tools",))
def takes_any_tools(request: Request) -> None:
    """Ignores tools that are no list."""
    if request.field("tools") is not None and not isinstance(request.field("tools"), list):
        del request.body["tools"]


@on_request(at="createChatCompletion", breaks=("validation.refused-format",))
def takes_any_format(request: Request) -> None:
    """Takes a `response_format` of a type that does not exist for text."""
    wanted = request.field("response_format")
    if isinstance(wanted, dict) and wanted.get("type") not in _FORMATS:
        del request.body["response_format"]


@on_request(at="createChatCompletion", breaks=("validation.refused-logprobs",))
def takes_any_number_of_logprobs(request: Request) -> None:
    """Gives twenty alternatives to those who ask for more."""
    if isinstance(request.field("top_logprobs"), int) and request.body["top_logprobs"] > 20:
        request.body["top_logprobs"] = 20


@on_request(at="createChatCompletion", breaks=("validation.refused-rest",))
def takes_any_verbosity(request: Request) -> None:
    """Ignores a `verbosity` that is none."""
    if request.field("verbosity") not in ("low", "medium", "high", None):
        del request.body["verbosity"]


@on_request(at="createChatCompletion", breaks=("validation.unknown-field",))
def ignores_unknown_fields(request: Request) -> None:
    """Takes fields that it does not know."""
    for name in set(request.body) - set(ChatCompletionRequest.model_fields) if request.has("messages") else ():
        del request.body[name]


@on_request(at="createChatCompletion", breaks=("validation.null-byte",))
def takes_null_bytes(request: Request) -> None:
    """Takes null bytes in content."""
    for message in messages_of(request):
        if isinstance(message.get("content"), str):
            message["content"] = message["content"].replace("\x00", "")


@on_request(at="createChatCompletion", breaks=("validation.surrogate",))
def takes_half_characters(request: Request) -> None:
    """Takes lone surrogates in content."""
    for message in messages_of(request):
        if isinstance(message.get("content"), str):
            message["content"] = message["content"].encode(errors="ignore").decode()


@on_request(at="createChatCompletion", breaks=("validation.stream-options",), rows=("VAL-20",))
def takes_stream_options_without_a_stream(request: Request) -> None:
    """Takes `stream_options` without `stream`."""
    options = request.field("stream_options")
    known = isinstance(options, dict) and options.keys() <= _STREAM_OPTIONS
    if not wants_stream(request) and known and all(isinstance(each, bool) for each in options.values()):
        del request.body["stream_options"]


@on_silence(at="createChatCompletion", breaks=("validation.endless",), rows=("VAL-13",))
def works_for_ever(request: Request) -> bool:
    """Gives no answer to a request for more than a million tokens."""
    return isinstance(request.field("max_tokens"), int) and request.body["max_tokens"] > _ENDLESS


@on_request(at="createChatCompletion", breaks=("validation.accepted",), rows=("REJ-04",))
def refuses_a_documented_field(request: Request) -> None:
    """Refuses what the contract has of late, such as `verbosity`, but for null."""
    for name in ("verbosity", "reasoning_effort", "safety_identifier", "prompt_cache_key"):
        if request.field(name) is not None:
            request.body[name] = 7


@on_request(at="createChatCompletion", breaks=("validation.null",), rows=("REJ-10",))
def wants_options_that_are_some(request: Request) -> None:
    """Refuses `stream_options` that are null."""
    if request.has("stream_options") and request.field("stream_options") is None:
        request.body["stream_options"] = 5


@on_request(at="createChatCompletion", breaks=("validation.edges", "validation.accepted"))
def takes_one_stop_string_alone(request: Request) -> None:
    """Refuses four stop strings, as many as the schema allows."""
    stop = request.field("stop")
    if isinstance(stop, list) and len(stop) == 4 and all(isinstance(each, str) for each in stop):
        request.body["stop"] = 5


@on_request(at="createChatCompletion", breaks=("validation.refused",))
def reads_numbers_out_of_text(request: Request) -> None:
    """Takes a number in quotes for the number."""
    for name in ("max_tokens", "max_completion_tokens", "seed"):
        value = request.field(name)
        if isinstance(value, str) and value.isdecimal() and value.isascii():
            request.body[name] = int(value)


@on_request(at="createChatCompletion", breaks=("validation.refused",))
def takes_the_word_for_true(request: Request) -> None:
    """Takes the word "true" for true, where a stream may be asked for."""
    if request.field("stream") == "true":
        request.body["stream"] = True


@on_silence(at="createChatCompletion", breaks=("validation.alive",))
def backtracks_without_end(request: Request) -> bool:
    """Gives no answer where a schema has a pattern that repeats a repetition."""
    return any(_REPEATED.search(each["pattern"]) for each in _schemas(request) if isinstance(each.get("pattern"), str))


@on_request(at="createChatCompletion", breaks=("errors.no-5xx",))
def stumbles_over_contradictions(request: Request) -> Answer | None:
    """Fails on a schema whose least number is above its greatest."""
    bounds = [(each.get("minimum"), each.get("maximum")) for each in _schemas(request)]
    numbers = [(least, most) for least, most in bounds if isinstance(least, int) and isinstance(most, int)]
    if all(least <= most for least, most in numbers):
        return None
    error = ApiError(500, "internal_error", "The server failed to answer this request.")
    return Answer(request, 500, {"content-type": "application/json"}, error.body())


def _schemas(request: Request) -> Iterator[dict[str, Any]]:
    """Every object in the formats and tools of a request: schemas among them."""
    left = [] if request.depth > _DEEP else [request.field("response_format"), request.field("tools")]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            yield each
        left += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
