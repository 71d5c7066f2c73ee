"""What the contract says of a generated request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wirecheck.contract.document import replaced
from wirecheck.evidence.exchange import Exchange, Request
from wirecheck.judging.oracle import Hint, intent_of, refused_though_valid

CHAT = "createChatCompletion"
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
    labelled = Hint(CHAT, positive=False, description="text/plain", labels=True)
    assert intent_of(_chat(b""), labelled).valid is None
    deleted = Request("DELETE", "/v1/models", "http://h/v1/models")
    intent = intent_of(deleted, Hint("listModels", positive=False, undeclared=True))
    assert (intent.valid, intent.provokes, intent.case) == (None, "wrong method", "undeclared method DELETE")


@pytest.mark.parametrize("query", ["limit=abc", "limit=0", "limit=101", "limit=", "provider=%00", "limit=1.5"])
def test_a_query_that_breaks_its_schema_is_invalid(query: str) -> None:
    intent = intent_of(_models(query), Hint("listModels", positive=False))
    assert intent.valid is False
    assert intent.field == query.partition("=")[0]


@pytest.mark.parametrize("query", ["nobody=1", "limit=1&limit=abc", "after=made-up"])
def test_a_query_of_unknown_names_or_made_up_cursors_is_neither(query: str) -> None:
    assert intent_of(_models(query), Hint("listModels", positive=True)).valid is None


def test_a_query_that_keeps_its_schema_is_valid() -> None:
    assert intent_of(_models("limit=100"), Hint("listModels", positive=True)).valid is True


@pytest.mark.parametrize(
    ("status", "found"), [(200, False), (404, False), (500, False), (400, True), (422, True), (None, False)]
)
def test_a_refusal_that_the_schema_cannot_explain_is_found(status: int | None, found: bool) -> None:
    assert refused_though_valid(Exchange(_chat(PLAIN), status)) is found


@pytest.mark.parametrize(
    ("query", "valid", "field"),
    [
        ("include=code_interpreter_call.outputs", True, None),
        ("include=message.output_text.logprobs&include=reasoning.encrypted_content", True, None),
        ("include%5B%5D=message.output_text.logprobs&include[]=message.output_text.logprobs&limit=1", True, None),
        ("include=", False, "include"),
        ("include=message.output_text.logprobs&include=everything", False, "include"),
        ("include[]=message.output_text.logprobs,reasoning.encrypted_content", False, "include[]"),
        ("include=message.output_text.logprobs&limit=1&limit=2", None, None),
        ("include[0]=message.output_text.logprobs", None, None),
    ],
)
def test_a_list_in_a_query_is_all_of_its_values(query: str, valid: bool | None, field: str | None) -> None:
    path = f"/v1/conversations/conv_1/items?{query}"
    intent = intent_of(Request("GET", path, f"http://h{path}"), Hint("listConversationItems", positive=True))
    assert (intent.valid, intent.field) == (valid, field)


UPLOADS: dict[str, Any] = {
    "openapi": "3.2.0",
    "paths": {
        "/v1/uploads": {
            "post": {
                "operationId": "createUpload",
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["file", "purpose"],
                                "properties": {
                                    "file": {"type": "string", "minLength": 1},
                                    "purpose": {"enum": ["batch"]},
                                    "days": {"type": "integer", "minimum": 1},
                                },
                            }
                        }
                    }
                },
                "responses": {"201": {"description": "made"}},
            }
        }
    },
    "components": {"schemas": {}},
}


def _form(**fields: str) -> Request:
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"'
        + ('; filename="f.txt"' if name == "file" else "")
        + f"\r\n\r\n{value}\r\n"
        for name, value in fields.items()
    )
    headers = (("content-type", "multipart/form-data; boundary=b"),)
    return Request("POST", "/v1/uploads", "http://h/v1/uploads", headers, f"{parts}--b--\r\n".encode())


@pytest.mark.parametrize(
    ("fields", "valid", "field"),
    [
        ({"file": "a", "purpose": "batch", "days": "3"}, True, None),
        ({"file": "a", "purpose": "batch", "days": "0"}, False, "days"),
        ({"file": "a", "purpose": "batch", "days": "soon"}, False, "days"),
        ({"file": "a", "purpose": "fun"}, False, "purpose"),
        ({"purpose": "batch"}, False, "file"),
        ({"file": "", "purpose": "batch"}, False, "file"),
    ],
)
def test_a_form_is_judged_field_by_field(fields: dict[str, str], valid: bool, field: str | None) -> None:
    with replaced(UPLOADS):
        intent = intent_of(_form(**fields), Hint("createUpload", positive=True))
    assert (intent.valid, intent.field) == (valid, field)


def test_of_what_depends_on_more_nothing_is_said_that_is_valid() -> None:
    path = "/v1/webhook_endpoints/we_1/test"
    for body, valid in ((b"{}", None), (b'{"event_type": ""}', False)):
        request = Request("POST", path, f"http://h{path}", (("content-type", "application/json"),), body)
        assert intent_of(request, Hint("testWebhookEndpoint", positive=True)).valid is valid


def test_a_body_that_is_no_form_is_invalid() -> None:
    request = Request("POST", "/v1/uploads", "http://h/v1/uploads", (("content-type", "text/plain"),), b"hello")
    with replaced(UPLOADS):
        assert intent_of(request, Hint("createUpload", positive=False)).valid is False


@pytest.mark.parametrize("fields", [{"file": "a"}, {"purpose": "batch"}, {"file": "a", "purpose": "fun"}])
def test_what_has_a_sentence_of_its_own_is_pardoned_in_forms_too(fields: dict[str, str]) -> None:
    made = _form(**fields)
    form = Request("POST", "/v1/files", "http://h/v1/files", made.headers, made.body)
    intent = intent_of(form, Hint("createFile", positive=False))
    assert (intent.valid, intent.field) == (None, None)
    assert intent.case.startswith("body")
