"""Traces: a span for each request, sent to the receiver that the environment names, with nothing that is secret."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final
from unittest.mock import Mock

import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from pydantic import SecretStr
from wirecheck_reference import tracing
from wirecheck_reference.app import create_app
from wirecheck_reference.settings import Settings

from tests.reference.child import CHAT
from tests.reference.in_process import JSON, ask

KEY: Final = "sk-good-and-secret"
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HEADERS: Final = {
    **JSON,
    "authorization": f"Bearer {KEY}",
    "traceparent": f"00-{TRACE}-{PARENT}-01",
    "x-request-id": "mine",
}
CONVERSATION: Final = "/v1/conversations/conv_of_somebody"


@contextmanager
def receiver() -> Iterator[tuple[str, list[bytes]]]:
    """The URL of what takes traces by OTLP over HTTP, and the bodies that it was sent."""
    bodies: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", bodies
        finally:
            server.shutdown()
            thread.join()


def values(span: Span) -> dict[str, str | int]:
    """The attributes of a span."""
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def test_each_request_is_a_span_of_the_trace_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps({"model": "echo", "messages": [{"role": "user", "content": "private words"}]}).encode()

    async def asked() -> None:
        app = create_app(Settings(in_memory=True, api_keys=[SecretStr(KEY)]))
        async with asyncio.timeout(20):
            begun, ended = asyncio.Event(), asyncio.Event()
            # As a server runs it: what is left is sent when it ends.
            messages = iter(("lifespan.startup", "lifespan.shutdown"))

            async def receive() -> dict[str, str]:
                if begun.is_set():
                    await ended.wait()
                return {"type": next(messages)}

            async def send(message: object) -> None:
                begun.set()

            lasting = asyncio.create_task(app({"type": "lifespan", "state": {}}, receive, send))
            await begun.wait()
            assert (await ask(app, "POST", CHAT, body, HEADERS)).status == 200
            assert (await ask(app, "GET", CONVERSATION, headers={**HEADERS, "traceparent": "none"})).status == 404
            assert (await ask(app, "GET", f"/{KEY}")).status == 404
            ended.set()
            await lasting

    with (
        receiver() as (url, bodies),
        structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as lines,
    ):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url)
        asyncio.run(asked())
    sent = [ExportTraceServiceRequest.FromString(each) for each in bodies]
    names = {
        each.value.string_value for part in sent for one in part.resource_spans for each in one.resource.attributes
    }
    assert "wirecheck" in names
    spans = [span for part in sent for one in part.resource_spans for two in one.scope_spans for span in two.spans]
    assert [span.name for span in spans] == [f"POST {CHAT}", "GET /v1/conversations/{conversation_id}", "GET"]
    chat, conversation, nowhere = spans
    assert (chat.trace_id.hex(), chat.parent_span_id.hex(), chat.kind) == (TRACE, PARENT, Span.SPAN_KIND_SERVER)
    assert values(chat) == {
        "http.request.method": "POST",
        "http.route": CHAT,
        "http.response.status_code": 200,
        "wirecheck.operation": "createChatCompletion",
        "wirecheck.request_id": "mine",
    }
    assert conversation.parent_span_id == b""
    assert conversation.trace_id != chat.trace_id
    assert all(span.status.code == Status.STATUS_CODE_UNSET for span in spans)
    assert "http.route" not in values(nowhere)
    for secret in (KEY, "private words", "conv_of_somebody"):
        assert all(secret.encode() not in each for each in bodies)
    (line,) = [each for each in lines if each["event"] == "request" and each["path"] == CHAT]
    assert (line["trace_id"], line["span_id"], line["request_id"]) == (TRACE, chat.span_id.hex(), "mine")


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:1"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_the_environment_says_whether_there_are_traces(environment: dict[str, str], wanted: bool) -> None:
    assert tracing.is_wanted(environment) is wanted


def test_a_server_without_the_packages_says_so_and_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "import_module", Mock(side_effect=ModuleNotFoundError))
    with structlog.testing.capture_logs() as lines:
        assert not tracing.is_wanted({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"})
    assert "wirecheck[telemetry]" in lines[0]["event"]
