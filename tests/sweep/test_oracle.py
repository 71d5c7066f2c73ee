"""What the contract says of a generated request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wirecheck.evidence.exchange import ABSENT, Exchange, Request
from wirecheck.judging.oracle import UNDECLARED_METHOD, Hint, intent_of, with_findings

CHAT = "POST /v1/chat/completions"
PLAIN: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


def _chat(body: bytes | dict[str, Any]) -> Request:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request("POST", "/v1/chat/completions", "http://h/v1/chat/completions", body=data)


def _models(query: str) -> Request:
    return Request("GET", f"/v1/models?{query}", f"http://h/v1/models?{query}")


@pytest.mark.parametrize(
    ("body", "field", "case"),
    [
        ({**PLAIN, "temperature": 3}, "temperature", "body.temperature: 3 is greater than the maximum of 2"),
        ({"model": "m"}, "messages", 'body.messages: "messages" is a required property'),
        ({**PLAIN, "messages": None}, "messages", None),
        ({**PLAIN, "messages": [None]}, "messages.0", None),
        ({**PLAIN, "extra": 1, "n": 0}, None, None),
        ({**PLAIN, "messages": [{"role": "nobody", "content": "hi"}]}, "messages.0", None),
        (b"[]", None, None),
        (b"", None, "no body"),
        (b'{"model": ', None, "a body that is not JSON"),
        (b"\xff\xfe", None, "a body that is not JSON"),
    ],
)
def test_a_body_that_breaks_the_schema_is_invalid(
    body: bytes | dict[str, Any], field: str | None, case: str | None
) -> None:
    intent = intent_of(_chat(body), Hint(CHAT, positive=False))
    assert intent.valid is False
    assert field is None or intent.field == field
    assert case is None or intent.case == case


@pytest.mark.parametrize(
    "body",
    [
        {**PLAIN, "extra": 1},
        {**PLAIN, "stream_options": {"include_usage": True}},
        {**PLAIN, "messages": [{"role": "user", "content": "hi", "extra": 1}]},
        {**PLAIN, "messages": [{"role": "user", "content": [{"type": "text", "text": "hi", "extra": 1}]}]},
        {**PLAIN, "parallel_tool_calls": None},
        {**PLAIN, "messages": [{"role": "user", "content": "hi", "name": None}]},
        b"[" * 5000 + b"]" * 5000,
    ],
)
def test_what_should_be_refused_is_no_must(body: bytes | dict[str, Any]) -> None:
    assert intent_of(_chat(body), Hint(CHAT, positive=False)).valid is None


def test_a_valid_body_is_valid_where_it_was_meant_to_be() -> None:
    assert intent_of(_chat(PLAIN), Hint(CHAT, positive=True)).valid is True
    assert intent_of(_chat(PLAIN), Hint(CHAT, positive=False)).valid is None


def test_labels_and_methods_are_neither() -> None:
    labelled = Hint(CHAT, positive=False, scenario="unsupported_content_type", description="text/plain", labels=True)
    assert intent_of(_chat(b""), labelled).valid is None
    deleted = Request("DELETE", "/v1/models", "http://h/v1/models")
    intent = intent_of(deleted, Hint("GET /v1/models", positive=False, scenario=UNDECLARED_METHOD))
    assert (intent.valid, intent.case) == (None, "undeclared method DELETE")


@pytest.mark.parametrize("query", ["limit=abc", "limit=0", "limit=101", "limit=", "provider=%00", "limit=1.5"])
def test_a_query_that_breaks_its_schema_is_invalid(query: str) -> None:
    intent = intent_of(_models(query), Hint("GET /v1/models", positive=False))
    assert intent.valid is False
    assert intent.field == query.partition("=")[0]


@pytest.mark.parametrize("query", ["nobody=1", "limit=1&limit=abc", "after=made-up"])
def test_a_query_of_unknown_names_or_made_up_cursors_is_neither(query: str) -> None:
    assert intent_of(_models(query), Hint("GET /v1/models", positive=True)).valid is None


def test_a_query_that_keeps_its_schema_is_valid() -> None:
    assert intent_of(_models("limit=100"), Hint("GET /v1/models", positive=True)).valid is True


def _answered(request: Request, hint: Hint, status: int) -> Exchange:
    return with_findings(Exchange(request, status, intent=intent_of(request, hint)))


@pytest.mark.parametrize(("status", "found"), [(200, False), (404, False), (500, False), (400, True), (422, True)])
def test_acceptance_is_found_for_valid_requests_alone(status: int, found: bool) -> None:
    valid = _answered(_chat(PLAIN), Hint(CHAT, positive=True), status)
    assert bool(valid.intent.finding("positive_data_acceptance")) is found
    invalid = _answered(_chat(b""), Hint(CHAT, positive=False), status)
    assert invalid.intent.finding("positive_data_acceptance") is ABSENT


@pytest.mark.parametrize(("status", "declared"), [(200, True), (422, True), (418, False), (302, False)])
def test_statuses_are_those_of_the_contract(status: int, declared: bool) -> None:
    found = _answered(_chat(PLAIN), Hint(CHAT, positive=True), status).intent.finding("status_code_conformance")
    assert (found is None) is declared


@pytest.mark.parametrize(("status", "broken"), [(405, False), (401, False), (200, True), (404, True)])
def test_an_undeclared_method_is_to_be_refused(status: int, broken: bool) -> None:
    hint = Hint("GET /v1/models", positive=False, scenario=UNDECLARED_METHOD)
    answer = _answered(Request("DELETE", "/v1/models", "http://h/v1/models"), hint, status)
    assert bool(answer.intent.finding("unsupported_method")) is broken
    assert answer.intent.finding("status_code_conformance") is ABSENT
