"""Errors gone wrong: envelope, type, status, headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.fault import DONE, on_answer, on_error, on_events, on_request
from wirecheck_reference.faults.parts import Answer, Asked, Event


@on_error(breaks=("errors.envelope",), rows=("ERR-02",))
def says_errors_as_text(envelope: dict[str, Any], _: Answer) -> dict[str, Any]:
    """Puts the message in place of the error object."""
    return {"error": envelope["error"]["message"]}


@on_error(breaks=("errors.allow",), rows=("HTTP-07",))
def keeps_the_methods_secret(_: dict[str, Any], answer: Answer) -> None:
    """Refuses a method without saying which are allowed."""
    answer.headers.pop("allow", None)


@on_request(breaks=("errors.unknown-model",), rows=("STA-01",))
def answers_for_any_model(asked: Asked) -> None:
    """Answers for models that it does not have."""
    known = ("echo", "echo-slow", "echo-failing", "wirecheck/echo")
    model = asked.body.get("model") if isinstance(asked.body, dict) else None
    if isinstance(model, str) and model not in known and 0 < len(model) < 64:
        asked.body["model"] = "echo"


@on_answer(breaks=("validation.refused", "validation.stream-status"), rows=("STA-05", "STA-06"))
def answers_200_before_it_validates(answer: Answer) -> None:
    """Refuses invalid requests for a stream with 200 and an error event."""
    wants_stream = isinstance(answer.asked.body, dict) and answer.asked.body.get("stream") is True
    if answer.status == 422 and wants_stream and answer.document["error"]["param"] in ("messages", "temperature", "n"):
        answer.status, answer.body = 200, b"data: " + answer.body + b"\n\n"
        answer.headers |= {"content-type": "text/event-stream", "cache-control": "no-cache"}


def _chat(answer: Answer) -> bool:
    return answer.asked.path == "/v1/chat/completions"


def _code(answer: Answer) -> Any:
    document = answer.document
    return document["error"].get("code") if isinstance(document, dict) and "error" in document else None


@on_error(breaks=("errors.message",), rows=("ERR-03",))
def says_nothing(envelope: dict[str, Any], _: Answer) -> None:
    """Leaves the message of its errors empty."""
    envelope["error"]["message"] = ""


@on_error(breaks=("errors.fields",), rows=("ERR-04",))
def spells_none_out(envelope: dict[str, Any], _: Answer) -> None:
    """Sends the text `None` where a param is null."""
    envelope["error"]["param"] = str(envelope["error"]["param"])


@on_error(breaks=("errors.type",), rows=("ERR-06",))
def takes_the_blame(envelope: dict[str, Any], answer: Answer) -> None:
    """Calls the client's errors errors of the server."""
    if answer.status < 500:
        envelope["error"]["type"] = "internal_server_error"


@on_error(breaks=("errors.no-leak",), rows=("ERR-12",))
def shows_its_insides(envelope: dict[str, Any], _: Answer) -> None:
    """Puts the exception into its messages."""
    envelope["error"]["message"] += " (raised by engine.errors.RequestError)"


@on_answer(breaks=("errors.never-200", "errors.unknown-model"), rows=("ERR-10",))
def puts_errors_into_200(answer: Answer) -> None:
    """Answers 200 with the error inside where the model is unknown."""
    if _chat(answer) and _code(answer) == "model_not_found" and not answer.asked.body.get("stream"):
        answer.status = 200


@on_answer(breaks=("errors.no-5xx",), rows=("STA-14", "STA-11"))
def falls_over_unknown_roles(answer: Answer) -> None:
    """Answers 500 to a role that does not exist."""
    if answer.status == 422 and b".role" in answer.body:
        answer.status = 500


@on_answer(breaks=("errors.no-5xx",), rows=("STA-14",))
def calls_violations_an_outage(answer: Answer) -> None:
    """Answers 503 to requests that break the schema, and names no time to come back."""
    if answer.status == 422:
        answer.status = 503


@on_answer(breaks=("errors.malformed-json",), rows=("STA-13",))
def calls_broken_json_a_violation(answer: Answer) -> None:
    """Answers 422 to a body that is no JSON."""
    if _code(answer) == "invalid_json":
        answer.status = 422


@on_answer(breaks=("errors.unknown-model-404",))
def calls_an_unknown_model_a_bad_request(answer: Answer) -> None:
    """Answers 400 to chats with an unknown model."""
    if _chat(answer) and _code(answer) == "model_not_found":
        answer.status = 400


@on_answer(breaks=("errors.unknown-route",))
def shows_its_front_page_everywhere(answer: Answer) -> None:
    """Answers unknown routes with 200 and a page."""
    if _code(answer) == "not_found":
        answer.status, answer.body, answer.headers["content-type"] = 200, b"<html>hello</html>", "text/html"


@on_answer(breaks=("errors.wrong-method",))
def finds_nothing_for_a_wrong_method(answer: Answer) -> None:
    """Answers 404 where the method is wrong."""
    if answer.status == 405:
        answer.status = 404


@on_answer(breaks=("errors.too-large",), rows=("ERR-08",))
def calls_a_large_body_a_violation(answer: Answer) -> None:
    """Answers 422 to a body that is too large."""
    if answer.status == 413:
        answer.status = 422


@on_request(breaks=("errors.media-type",), rows=("VAL-22",))
def takes_any_media_type(asked: Asked) -> None:
    """Takes JSON that calls itself text."""
    if asked.headers.get("content-type", "").startswith("text/plain"):
        asked.headers["content-type"] = "application/json"


@on_error(breaks=("errors.failed-model",), rows=("STA-15",))
def blames_the_client_for_its_model(envelope: dict[str, Any], answer: Answer) -> None:
    """Answers 400 where its model failed."""
    if answer.status == 502:
        answer.status, envelope["error"]["type"] = 400, "invalid_request_error"


@on_events(breaks=("errors.mid-stream",), rows=("SSE-07", "ERR-11"))
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


@on_events(breaks=("errors.mid-stream", "stream.done", "stream.finish-given"), rows=("SSE-06",))
async def breaks_off_when_the_model_fails(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Breaks a stream off whose model failed, without a word."""
    async for event in events:
        if not (isinstance(event, dict) and "error" in event):
            yield event


@on_events(breaks=("errors.envelope",), rows=("SSE-07",))
async def tells_of_failures_in_a_word(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Puts the message in place of the error object where a stream fails."""
    async for event in events:
        yield {"error": event["error"]["message"]} if isinstance(event, dict) and "error" in event else event


@on_events(breaks=("errors.mid-stream-end",), rows=("SSE-04",))
async def goes_on_after_an_error(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends another chunk after the error that ended the stream."""
    last: Any = None
    async for event in events:
        yield event
        if isinstance(event, dict) and "error" in event and last:
            yield last
        last = event


@on_error(breaks=("context.code",))
def does_not_say_that_the_window_is_full(envelope: dict[str, Any], _: Answer) -> None:
    """Calls a full context window an invalid value."""
    if envelope["error"]["code"] == "context_length_exceeded":
        envelope["error"]["code"] = "invalid_value"
        envelope["error"].pop("details", None)
