"""What counts as an error, a leak, a refusal and silence: the sentences on errors and validation, on single answers."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import answered, asked, head, streamed

JUDGES = {each.id: each for each in requirements()}
INVALID = Intent("test", "broken", valid=False, field="temperature")


def outcome(id_: str, *evidence: Exchange) -> str:
    """What becomes of a requirement on these exchanges alone."""
    return judge(JUDGES[id_], list(evidence)).outcome


def refusal(message: Any = "no", *, status: int = 400, **fields: Any) -> Exchange:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None} | fields
    return answered({"error": error}, status=status)


@pytest.mark.parametrize(
    "message",
    [
        "Traceback (most recent call last):\n  File x",
        "ValueError: temperature must be below 2",
        "json.decoder.JSONDecodeError: Expecting value",
        "1 validation error for ChatCompletionRequest",
        "[json.exception.parse_error.101] parse error at line 1",
        "goroutine 1 [running]: main.go:12",
        "failed in /workspace/llama/ggml.c:1234",
        "see /Users/me/server/app.py",
        "C:\\server\\app.py is broken",
        "thread 'main' panicked at src/lib.rs",
    ],
)
def test_the_inside_of_a_server_is_a_leak(message: str) -> None:
    assert outcome("errors.no-leak", refusal(message)) == "failed"
    failed = streamed(head(choices=[]), {"error": {"message": message, "type": "server_error"}}, done=False)
    assert outcome("errors.no-leak", failed) == "failed"


@pytest.mark.parametrize(
    "message",
    [
        "temperature must be at most 2: see https://host.example/app/docs/errors",
        "Invalid URL (POST /v1/chat/completions)",
        "The model 'org/name:7b' does not exist.",
        "Error: 3 of 4 stop sequences are empty; use at most 1:4.",
    ],
)
def test_what_is_for_the_client_is_no_leak(message: str) -> None:
    assert outcome("errors.no-leak", refusal(message)) == "passed"


def test_a_models_id_that_is_a_path_is_no_leak_in_any_error_of_the_run() -> None:
    served = answered({"id": "x"}, request=asked(body={"model": "/home/me/tiny", "messages": []}))
    pinned = refusal("Server is pinned to '/home/me/tiny'; requested '5'.")
    assert outcome("errors.no-leak", served, pinned) == "passed"
    assert outcome("errors.no-leak", pinned) == "failed", "no model of that name was seen to answer"


@pytest.mark.parametrize("message", ["", " ", "None", "null"])
def test_a_message_that_says_nothing_is_empty(message: str) -> None:
    assert outcome("errors.message", refusal(message)) == "failed"


@pytest.mark.parametrize(
    ("id_", "error"),
    [
        ("errors.envelope", "it broke"),
        ("errors.message", {"message": "", "type": "server_error", "param": None, "code": None}),
        ("errors.fields", {"message": "it broke", "type": "server_error", "param": "None", "code": None}),
        ("errors.fields", {"message": "it broke", "type": "server_error", "param": None, "code": 502}),
    ],
)
def test_an_event_that_tells_an_error_owes_the_envelope_too(id_: str, error: Any) -> None:
    assert outcome(id_, streamed(head(choices=[]), {"error": error}, done=False)) == "failed"


@pytest.mark.parametrize(
    ("path", "body", "found"),
    [
        ("/v1/models?NULL=1", None, "passed"),
        ("/v1/chat/completions", {"messages": [{"NULL": 1}]}, "passed"),
        ("/v1/chat/completions", {"stop": "NULL"}, "failed"),
    ],
)
def test_a_field_may_be_called_as_nothing_is_spelled(path: str, body: Any, found: str) -> None:
    sent = asked(path, "GET" if body is None else "POST", body=body)
    assert outcome("errors.fields", answered(refusal(param="NULL").json, status=422, request=sent)) == found


@pytest.mark.parametrize(("type_", "found"), [("overloaded_error", "failed"), ("invalid_request_error", "passed")])
def test_a_4xx_is_not_the_servers_fault(type_: str, found: str) -> None:
    assert outcome("errors.type", refusal(type=type_)) == found


def test_pages_beside_the_api_and_preflights_are_no_errors_of_it() -> None:
    page = answered(body=b"<html>", status=404, kind="text/html", request=asked("/health", "GET"))
    turned_away = answered(body=b"no", status=400, kind="text/plain", request=asked(method="OPTIONS"))
    assert outcome("errors.envelope", page, turned_away) == "untestable"


@pytest.mark.parametrize(
    ("status", "intent", "headers", "found"),
    [
        (503, INVALID, (), "failed"),
        (503, INVALID, (("retry-after", "2"),), "untestable"),
        (503, Intent("test", valid=True), (), "untestable"),
        (501, INVALID, (), "failed"),
        (501, Intent("test", valid=True), (), "failed"),
        (501, Intent("test", case="another method"), (), "untestable"),
        (502, Intent("test", valid=True), (), "failed"),
    ],
)
def test_a_server_that_is_full_says_when_to_come_back(
    status: int, intent: Intent, headers: tuple[tuple[str, str], ...], found: str
) -> None:
    assert outcome("errors.no-5xx", answered({}, status=status, intent=intent, headers=headers)) == found


@pytest.mark.parametrize(
    ("field", "id_"),
    [
        ("temperature", "validation.refused"),
        ("messages.0.role", "validation.refused"),
        (None, "validation.refused"),
        ("tools.0.function", "validation.refused-tools"),
        ("response_format", "validation.refused-format"),
        ("top_logprobs", "validation.refused-logprobs"),
        ("audio.voice", "validation.refused-rest"),
        ("messages.0.annotations", "validation.refused-rest"),
    ],
)
def test_a_broken_field_is_the_matter_of_one_sentence(field: str | None, id_: str) -> None:
    taken = answered({}, intent=Intent("test", "broken", valid=False, field=field))
    failed = [name for name in JUDGES if name.startswith("validation.refused") and outcome(name, taken) == "failed"]
    assert failed == [id_]


@pytest.mark.parametrize(("end", "found"), [("lost", "failed"), ("no answer", "untestable")])
def test_a_closed_connection_is_no_answer_and_a_slow_server_is_not_to_blame(end: Any, found: str) -> None:
    assert outcome("validation.answered", answered(body=b"", status=None, end=end)) == found


@pytest.mark.parametrize(
    ("allow", "found"), [("POST, OPTIONS", "passed"), ("DELETE", "failed"), ("PUT, POST", "failed")]
)
def test_a_405_says_what_chat_takes(allow: str, found: str) -> None:
    refused = answered({}, status=405, headers=(("allow", allow),), request=asked(method="PUT"))
    assert outcome("errors.allow", refused) == found
