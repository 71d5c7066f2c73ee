"""Every error comes in the one envelope, with its status, code and param."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from wirecheck_contract.models import ErrorResponse

from tests.reference.child import CHAT, Child

HELLO: dict[str, Any] = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}
JSON = {"content-type": "application/json"}


def envelope(text: str) -> Any:
    """The error of an answer, which the contract must accept."""
    return ErrorResponse.model_validate_json(text).error


def with_message(**message: Any) -> dict[str, Any]:
    return {**HELLO, "messages": [{"role": "user", "content": "hello"}, message]}


TOOL: dict[str, Any] = {"type": "function", "function": {"name": "look"}}
BROKEN_CALL = {"id": "c", "type": "function", "function": {"name": "look", "arguments": "{"}}
INVALID: list[tuple[dict[str, Any], int, str, str]] = [
    ({"messages": HELLO["messages"]}, 422, "validation_error", "model"),
    ({"model": "echo"}, 422, "validation_error", "messages"),
    ({**HELLO, "messages": []}, 422, "validation_error", "messages"),
    ({**HELLO, "messages": 5}, 422, "validation_error", "messages"),
    ({**HELLO, "messages": [5]}, 422, "validation_error", "messages.0"),
    (with_message(role="pope", content="x"), 422, "validation_error", "messages.1.role"),
    (with_message(content="x"), 422, "validation_error", "messages.1.role"),
    (with_message(role="user"), 422, "validation_error", "messages.1.content"),
    (with_message(role="user", content=5), 422, "validation_error", "messages.1.content"),
    (with_message(role="user", content="a\0b"), 422, "validation_error", "messages.1.content"),
    (
        with_message(role="user", content=[{"type": "text", "text": 5}]),
        422,
        "validation_error",
        "messages.1.content.0.text",
    ),
    (with_message(role="user", content=[{"type": "smell"}]), 422, "validation_error", "messages.1.content.0.type"),
    (with_message(role="tool", content="x"), 422, "validation_error", "messages.1.tool_call_id"),
    ({**HELLO, "temperature": 3}, 422, "validation_error", "temperature"),
    ({**HELLO, "temperature": "1"}, 422, "validation_error", "temperature"),
    ({**HELLO, "top_p": -0.5}, 422, "validation_error", "top_p"),
    ({**HELLO, "n": 0}, 422, "validation_error", "n"),
    ({**HELLO, "n": 10**6}, 422, "validation_error", "n"),
    ({**HELLO, "n": 1.5}, 422, "validation_error", "n"),
    ({**HELLO, "n": True}, 422, "validation_error", "n"),
    ({**HELLO, "max_tokens": 0}, 422, "validation_error", "max_tokens"),
    ({**HELLO, "max_completion_tokens": -1}, 422, "validation_error", "max_completion_tokens"),
    ({**HELLO, "stop": ["a"] * 5}, 422, "validation_error", "stop"),
    ({**HELLO, "stop": ["a", 5]}, 422, "validation_error", "stop.1"),
    ({**HELLO, "top_logprobs": 3}, 422, "validation_error", "top_logprobs"),
    ({**HELLO, "tool_choice": "required"}, 422, "validation_error", "tool_choice"),
    ({**HELLO, "tools": [{"type": "function"}]}, 422, "validation_error", "tools.0.function"),
    (
        {**HELLO, "tools": [{"type": "function", "function": {"name": "a b"}}]},
        422,
        "validation_error",
        "tools.0.function.name",
    ),
    ({**HELLO, "response_format": {"type": "poem"}}, 422, "validation_error", "response_format.type"),
    ({**HELLO, "metadata": {"a": 5}}, 422, "validation_error", "metadata.a"),
    ({**HELLO, "logit_bias": {"50": 200}}, 422, "validation_error", "logit_bias.50"),
    ({**HELLO, "no_such_field": 1}, 422, "validation_error", "no_such_field"),
    ({**HELLO, "model": "nobody"}, 404, "model_not_found", "model"),
    ({**HELLO, "max_tokens": 10**9}, 400, "context_length_exceeded", "max_tokens"),
    ({**HELLO, "max_tokens": 8192}, 400, "context_length_exceeded", "max_tokens"),
    ({**HELLO, "max_completion_tokens": 5000}, 400, "invalid_value", "max_completion_tokens"),
    ({**HELLO, "messages": [{"role": "user", "content": "word " * 9000}]}, 400, "context_length_exceeded", "messages"),
    (
        {"messages": [{"role": "user", "content": "word " * 3000}], "model": "echo", "n": 128}
        | {"logprobs": True, "top_logprobs": 20},
        400,
        "invalid_value",
        "logprobs",
    ),
    (
        with_message(role="assistant", content=None, tool_calls=[BROKEN_CALL]),
        400,
        "invalid_value",
        "messages.1.tool_calls.0.function.arguments",
    ),
    (
        with_message(role="user", content=[{"type": "image_url", "image_url": {"url": "data:,x"}}]),
        400,
        "invalid_value",
        "messages.1.content.0.image_url.url",
    ),
    (
        {**HELLO, "tools": [TOOL], "tool_choice": {"type": "function", "function": {"name": "walk"}}},
        400,
        "invalid_value",
        "tool_choice",
    ),
]


@pytest.mark.parametrize(("body", "status", "code", "param"), INVALID)
@pytest.mark.parametrize("stream", [False, True])
def test_invalid_requests_name_their_field(
    server: Child, body: dict[str, Any], status: int, code: str, param: str, stream: bool
) -> None:
    answer = server.client.post(CHAT, json=body | ({"stream": True} if stream else {}))
    error = envelope(answer.text)
    assert (answer.status_code, error.code, error.param) == (status, code, param), answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert not any(word in error.message for word in ("Error", "class", "constrained", "tagged-union", "Traceback"))


@pytest.mark.parametrize("fields", [{}, {"stream": False}, {"stream": None}])
def test_stream_options_need_a_stream(server: Child, fields: dict[str, Any]) -> None:
    answer = server.chat(stream_options={"include_usage": True}, **fields)
    assert (answer.status_code, envelope(answer.text).param) == (422, "stream_options")


def test_full_window_tells_its_counts(server: Child) -> None:
    error = envelope(server.chat(max_tokens=8192).text)
    assert error.details.max_tokens == 8192
    assert error.details.tokens_used > 8192


MALFORMED = {
    "empty": b"",
    "cut": b'{"model": "echo", "messages": [',
    "bare word": b"hello",
    "bad utf-8": b'{"model": "\xff"}',
    "utf-16": json.dumps(HELLO).encode("utf-16"),
    "byte-order mark": b"\xef\xbb\xbf" + json.dumps(HELLO).encode(),
    "NaN": json.dumps(HELLO | {"temperature": float("nan")}).encode(),
    "Infinity inside a free-form value": json.dumps(HELLO | {"tools": [TOOL | {"x": [float("inf")]}]}).encode(),
    "half a surrogate pair": b'{"model": "echo", "messages": [{"role": "user", "content": "\\ud800"}]}',
    "too deep": b'{"model": "echo", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "two values": json.dumps(HELLO).encode() * 2,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_json_is_400(server: Child, body: bytes) -> None:
    answer = server.client.post(CHAT, content=body, headers=JSON)
    assert (answer.status_code, envelope(answer.text).code) == (400, "invalid_json")
    assert server.chat().status_code == 200


@pytest.mark.parametrize("body", [b"[]", b"5", b"null", b'"x"'])
def test_a_body_that_is_no_object_is_422(server: Child, body: bytes) -> None:
    answer = server.client.post(CHAT, content=body, headers=JSON)
    assert (answer.status_code, envelope(answer.text).param) == (422, None)


@pytest.mark.parametrize(
    ("media", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/JSON;charset=UTF-8", 200),
        ("application/vnd.api+json", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json; charset=latin-1", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
def test_media_types(server: Child, media: str, status: int) -> None:
    answer = server.client.post(CHAT, content=json.dumps(HELLO).encode(), headers={"content-type": media})
    assert answer.status_code == status
    if status != 200:
        assert envelope(answer.text).code == "unsupported_media_type"


def test_a_body_over_the_limit_is_413(server: Child) -> None:
    answer = server.chat("a " * 2**23)
    assert (answer.status_code, envelope(answer.text).code) == (413, "request_too_large")


def test_a_chunked_body_over_the_limit_is_413(server: Child) -> None:
    pieces = (b"x" * 2**20 for _ in range(9))
    answer = server.client.post(CHAT, content=pieces, headers=JSON)
    assert (answer.status_code, envelope(answer.text).code) == (413, "request_too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/nowhere", 404, None),
        ("POST", "/v1/chat/completions/", 404, None),
        ("GET", "/v1/models/", 404, None),
        ("GET", "/v1/models/nobody", 404, None),
        ("GET", "/v1/models?provider=nobody", 404, None),
        ("PUT", CHAT, 405, "GET, POST, OPTIONS"),
        ("DELETE", "/v1/models", 405, "GET, OPTIONS"),
        ("TRACE", "/health", 405, "GET, OPTIONS"),
        ("PATCH", "/openapi.json", 405, "GET, OPTIONS"),
        ("PROPFIND", "/v1/models/echo", 405, "GET, OPTIONS"),
    ],
)
def test_paths_and_methods(server: Child, method: str, path: str, status: int, allow: str | None) -> None:
    answer = server.client.request(method, path)
    assert (answer.status_code, answer.headers.get("allow")) == (status, allow)
    assert envelope(answer.text).message


def test_head_has_no_body(server: Child) -> None:
    answer = server.client.head("/health")
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "application/json", b"")
    refused = server.client.head("/v1/completions")
    assert (refused.status_code, refused.headers["allow"], refused.content) == (405, "POST, OPTIONS", b"")


@pytest.mark.parametrize("line", [b"BREW /health HTTP/1.1", b"\x16\x03\x01 not http", b"GET /health HTTP/9.x"])
def test_what_is_no_http_is_refused_in_the_envelope(server: Child, line: bytes) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(line + b"\r\nhost: x\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"x-request-id: " in head
    assert envelope(body.decode()).type == "invalid_request_error"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=1.0", "limit=%201", "limit=x", "after=", "shape=1"])
def test_invalid_queries_are_422(server: Child, query: str) -> None:
    answer = server.client.get(f"/v1/models?{query}")
    assert (answer.status_code, envelope(answer.text).param) == (422, query.partition("=")[0])
