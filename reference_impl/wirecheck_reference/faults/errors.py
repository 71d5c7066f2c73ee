"""Errors gone wrong: envelope, type, status, headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.chat.reading import messages_of, wants_stream
from wirecheck_reference.faults.kinds.fault import DONE, EVERY, on_answer, on_error, on_events, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request

_DEEP: Final = 1000
# Bytes of a body that are a lot.
_LARGE: Final = 2**20


def _fail(request: Request) -> Answer:
    error = ApiError(500, "internal_error", "The server failed to answer this request.")
    return Answer(request, 500, {"content-type": "application/json"}, error.body())


@on_error(at=EVERY, breaks=("errors.envelope",), rows=("ERR-02",))
def says_errors_as_text(envelope: dict[str, Any], _: Answer) -> dict[str, Any]:
    """Puts the message in place of the error object."""
    return {"error": envelope["error"]["message"]}


@on_error(at=EVERY, breaks=("errors.allow",), rows=("HTTP-07",))
def keeps_the_methods_secret(_: dict[str, Any], answer: Answer) -> None:
    """Refuses a method without saying which are allowed."""
    answer.headers.pop("allow", None)


@on_request(at="createChatCompletion", breaks=("errors.unknown-model",), rows=("STA-01",))
def answers_for_any_model(request: Request) -> None:
    """Answers for models that it does not have."""
    known = ("echo", "echo-slow", "echo-failing", "wirecheck/echo")
    model = request.field("model")
    if isinstance(model, str) and model not in known and 0 < len(model) < 64:
        request.body["model"] = "echo"


@on_error(at=EVERY, breaks=("errors.message",), rows=("ERR-03",))
def says_nothing(envelope: dict[str, Any], _: Answer) -> None:
    """Leaves the message of its errors empty."""
    envelope["error"]["message"] = ""


@on_error(at=EVERY, breaks=("errors.fields",), rows=("ERR-04",))
def spells_none_out(envelope: dict[str, Any], _: Answer) -> None:
    """Sends the text `None` where a param is null."""
    envelope["error"]["param"] = str(envelope["error"]["param"])


@on_error(at=EVERY, breaks=("errors.type",), rows=("ERR-06",))
def takes_the_blame(envelope: dict[str, Any], answer: Answer) -> None:
    """Calls the client's errors errors of the server."""
    if answer.status < 500:
        envelope["error"]["type"] = "internal_server_error"


@on_error(at=EVERY, breaks=("errors.no-leak",), rows=("ERR-12",))
def shows_its_insides(envelope: dict[str, Any], _: Answer) -> None:
    """Puts the exception into its messages."""
    envelope["error"]["message"] += " (raised by engine.errors.RequestError)"


@on_answer(at="createChatCompletion", breaks=("errors.never-200", "errors.unknown-model"), rows=("ERR-10",))
def puts_errors_into_200(answer: Answer) -> None:
    """Answers 200 with the error inside where the model is unknown."""
    if answer.error.get("code") == "model_not_found" and not wants_stream(answer.request):
        answer.status = 200


@on_answer(at="createChatCompletion", breaks=("errors.no-5xx",), rows=("STA-14", "STA-11"))
def falls_over_unknown_roles(answer: Answer) -> None:
    """Answers 500 to a role that does not exist."""
    if answer.status == 422 and str(answer.error.get("param")).endswith(".role"):
        answer.status = 500


@on_answer(at=EVERY, breaks=("errors.no-5xx",), rows=("STA-14",))
def calls_violations_an_outage(answer: Answer) -> None:
    """Answers 503 to requests that break the schema, and names no time to come back."""
    if answer.status == 422:
        answer.status = 503


@on_answer(at="createChatCompletion", breaks=("errors.no-5xx",))
def falls_over_broken_json(answer: Answer) -> None:
    """Answers 500 to a body that is no JSON."""
    if answer.error.get("code") == "invalid_json":
        answer.status = 500


@on_answer(at=EVERY, breaks=("errors.no-5xx",))
def has_implemented_no_refusals(answer: Answer) -> None:
    """Answers 501 to requests that break the schema."""
    if answer.status == 422:
        answer.status = 501


@on_answer(at="createChatCompletion", breaks=("errors.malformed-json",), rows=("STA-13",))
def calls_broken_json_a_violation(answer: Answer) -> None:
    """Answers 422 to a body that is no JSON."""
    if answer.error.get("code") == "invalid_json":
        answer.status = 422


@on_answer(at="createChatCompletion", breaks=("errors.unknown-model-404",))
def calls_an_unknown_model_a_bad_request(answer: Answer) -> None:
    """Answers 400 to chats with an unknown model."""
    if answer.error.get("code") == "model_not_found":
        answer.status = 400


@on_answer(at=EVERY, breaks=("errors.unknown-route",))
def shows_its_front_page_everywhere(answer: Answer) -> None:
    """Answers unknown routes with 200 and a page."""
    # What is not there on a route names the parameter that it was looked for by.
    if answer.error.get("code") == "not_found" and answer.error.get("param") is None:
        answer.status, answer.body, answer.headers["content-type"] = 200, b"<html>hello</html>", "text/html"


@on_answer(at=EVERY, breaks=("errors.wrong-method",))
def finds_nothing_for_a_wrong_method(answer: Answer) -> None:
    """Answers 404 where the method is wrong."""
    if answer.status == 405:
        answer.status = 404


@on_answer(at="createChatCompletion", breaks=("errors.too-large",), rows=("ERR-08",))
def calls_a_large_body_a_violation(answer: Answer) -> None:
    """Answers 422 to a body that is too large, for its limit or for the window of its model."""
    if answer.status in (400, 413) and int(answer.request.headers.get("content-length", 0)) > _LARGE:
        answer.status = 422


@on_request(at="createChatCompletion", breaks=("errors.media-type",), rows=("VAL-22",))
def takes_any_media_type(request: Request) -> None:
    """Takes JSON that calls itself text."""
    if request.headers.get("content-type", "").startswith("text/plain"):
        request.headers["content-type"] = "application/json"


@on_error(at="createChatCompletion", breaks=("errors.failed-model",), rows=("STA-15",))
def blames_the_client_for_its_model(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 400 where its model failed."""
    if answer.status == 502:
        answer.status, envelope["error"]["type"] = 400, "invalid_request_error"


@on_events(at="createChatCompletion", breaks=("errors.mid-stream",), rows=("SSE-07", "ERR-11"))
async def swallows_failures(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends a stream whose model failed as if it were whole."""
    last: Any = None
    async for event in events:
        if isinstance(event, dict) and "error" in event:
            yield {**last, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
            yield DONE
        else:
            last = event
            yield event


@on_events(
    at="createChatCompletion", breaks=("errors.mid-stream", "stream.done", "stream.finish-given"), rows=("SSE-06",)
)
async def breaks_off_when_the_model_fails(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Breaks a stream off whose model failed, without a word."""
    async for event in events:
        if not (isinstance(event, dict) and "error" in event):
            yield event


@on_events(at="createChatCompletion", breaks=("errors.envelope",), rows=("SSE-07",))
async def tells_of_failures_in_a_word(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Puts the message in place of the error object where a stream fails."""
    async for event in events:
        yield {"error": event["error"]["message"]} if isinstance(event, dict) and "error" in event else event


@on_events(at="createChatCompletion", breaks=("errors.mid-stream-end",), rows=("SSE-04",))
async def goes_on_after_an_error(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends another chunk after the error that ended the stream."""
    last: Any = None
    async for event in events:
        yield event
        if isinstance(event, dict) and "error" in event and last:
            yield last
        last = event


@on_request(at="createChatCompletion", breaks=("errors.no-5xx",), rows=("VAL-03", "VAL-04"))
def falls_over_deep_schemas(request: Request) -> Answer | None:
    """Answers 500 to schemas and other values that are nested deep."""
    return _fail(request) if request.depth > _DEEP else None


@on_request(at="createChatCompletion", breaks=("errors.no-5xx",), rows=("VAL-16", "VAL-17"))
def falls_over_empty_content(request: Request) -> Answer | None:
    """Answers 500 to a message without a word."""
    return _fail(request) if any(message.get("content") == "" for message in messages_of(request)) else None


@on_request(at="createChatCompletion", breaks=("errors.no-5xx",))
def falls_over_a_message_that_is_none(request: Request) -> Answer | None:
    """Answers 500 to a list of messages with a null in it."""
    messages = request.field("messages")
    return _fail(request) if isinstance(messages, list) and None in messages else None


@on_request(at="createChatCompletion", breaks=("errors.no-5xx",), rows=("STA-12", "VAL-10"))
def falls_over_limits(request: Request) -> Answer | None:
    """Answers 500 to no tokens and to more than four stop strings."""
    stop = request.field("stop")
    many = isinstance(stop, list) and len(stop) > 4
    return _fail(request) if request.field("max_tokens") == 0 or many else None
