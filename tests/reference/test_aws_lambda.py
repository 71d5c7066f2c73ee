"""The server on AWS Lambda: events of API Gateway, REST APIs and HTTP APIs, are answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Final

import pytest
from wirecheck_reference import logs

KEY: Final = "sk-good-and-secret"
CHAT: Final = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}

Event = Callable[[str, str, str | None, dict[str, str]], dict[str, Any]]


def http_api(method: str, path: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    """An event of an HTTP API (payload format 2.0)."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "api.example", **headers},
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
            "stage": "$default",
            "requestId": "1",
        },
        "body": body,
        "isBase64Encoded": False,
    }


def rest_api(method: str, path: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    """An event of a REST API (payload format 1.0)."""
    given = {"Host": "api.example", **headers}
    return {
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": given,
        "multiValueHeaders": {name: [value] for name, value in given.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "requestContext": {"stage": "prod", "requestId": "1", "identity": {"sourceIp": "192.0.2.1"}},
        "body": body,
        "isBase64Encoded": False,
    }


@pytest.fixture(scope="module")
def handler() -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """The function, as AWS finds it: with a key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIRECHECK_API_KEYS", KEY)
        patch.setattr(logs, "configure_logs", lambda _: None)
        # Otherwise the adapter makes a loop that nobody closes.
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loaded = import_module("wirecheck_reference.aws_lambda")
        yield lambda event: loaded.handler(event, SimpleNamespace())
        loop.close()
        asyncio.set_event_loop(None)


@pytest.mark.parametrize("event", [http_api, rest_api])
@pytest.mark.parametrize(
    ("method", "path", "body", "key", "status"),
    [
        ("POST", "/v1/chat/completions", json.dumps(CHAT), KEY, 200),
        ("POST", "/v1/chat/completions", json.dumps({**CHAT, "stream": True}), KEY, 200),
        ("GET", "/v1/models", None, KEY, 200),
        ("GET", "/health", None, None, 200),
        ("GET", "/v1/models", None, "another", 401),
        ("GET", "/nowhere", None, KEY, 404),
        ("GET", "/v1/files", None, KEY, 404),
        ("POST", "/v1/batches", "{}", KEY, 404),
    ],
)
def test_events_are_answered(
    handler: Callable[[dict[str, Any]], dict[str, Any]],
    event: Event,
    method: str,
    path: str,
    body: str | None,
    key: str | None,
    status: int,
) -> None:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    answer = handler(event(method, path, body, headers))
    assert answer["statusCode"] == status
    assert not answer["isBase64Encoded"]
    named = {
        **answer.get("headers", {}),
        **{name: each[0] for name, each in answer.get("multiValueHeaders", {}).items()},
    }
    assert named["x-request-id"]
    if status >= 400:
        assert json.loads(answer["body"])["request_id"] == named["x-request-id"]
    elif "stream" in (body or ""):
        assert answer["body"].endswith("data: [DONE]\n\n")
    else:
        assert json.loads(answer["body"])
