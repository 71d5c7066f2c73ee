"""Errors gone wrong: envelope, type, status, headers."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.fault import on_answer, on_error, on_request
from wirecheck_reference.faults.parts import Answer, Asked


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
    if isinstance(asked.body, dict) and isinstance(asked.body.get("model"), str) and asked.body["model"] not in known:
        asked.body["model"] = "echo"


@on_answer(breaks=("validation.stream-status",), rows=("STA-05",))
def answers_200_before_it_validates(answer: Answer) -> None:
    """Refuses invalid requests for a stream with 200 and an error event."""
    wants_stream = isinstance(answer.asked.body, dict) and answer.asked.body.get("stream") is True
    if answer.status in (400, 422) and wants_stream:
        answer.status, answer.body = 200, b"data: " + answer.body + b"\n\n"
        answer.headers["content-type"] = "text/event-stream"
