"""A span of OpenTelemetry for each request, sent by OTLP over HTTP to whom the environment names. Knows no body.

The standard variables `OTEL_...` say where to and how: https://opentelemetry.io/docs/specs/otel/protocol/exporter.
A span has no path, no query and no header: what stands in them others chose.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.operations import Operation

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

_log = structlog.get_logger("wirecheck.server")
_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_EXPORTER: Final = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
_NAME: Final = "wirecheck"


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Whether the environment names a receiver, and the packages for it are there; says so where they are not."""
    if not any(environment.get(name) for name in _ENDPOINTS):
        return False
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    try:
        import_module(_EXPORTER)
    except ModuleNotFoundError:
        _log.warning("a receiver of traces is named, but cannot be sent to: pip install 'wirecheck[telemetry]'")
        return False
    return True


class Traces:
    """Wraps an ASGI app. A request that names its trace (W3C Trace Context) is a part of it."""

    def __init__(self, app: ASGIApp) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._app = app
        self._provider = _provider()
        self._tracer = self._provider.get_tracer(_NAME)
        self._context = TraceContextTextMapPropagator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on in a span; log lines beneath carry `trace_id` and `span_id`."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            # What is not sent yet is sent now.
            await asyncio.to_thread(self._provider.shutdown)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from opentelemetry.trace import SpanKind

        inbound = Inbound.of(scope)
        carried = {
            name: inbound.header(name.encode()) for name in self._context.fields if name.encode() in inbound.headers
        }
        method: str = scope["method"]
        span = self._tracer.start_span(method, self._context.extract(carried), SpanKind.SERVER)
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        identity = span.get_span_context()
        ids = {"trace_id": f"{identity.trace_id:032x}", "span_id": f"{identity.span_id:016x}"}
        try:
            with structlog.contextvars.bound_contextvars(**ids):
                await self._app(scope, receive, answer)
        except BaseException as error:
            span.set_attribute("error.type", type(error).__qualname__)
            raise
        finally:
            _describe(span, scope, inbound, status)
            span.end()


def _describe(span: Span, scope: Scope, inbound: Inbound, status: int) -> None:
    """What is known of the request once it is over, by the names of the semantic conventions for HTTP."""
    from opentelemetry.trace import StatusCode

    route, method = scope.get("route"), scope["method"]
    span.set_attribute("http.request.method", method)
    span.set_attribute("wirecheck.request_id", inbound.request_id)
    if isinstance(route, Operation):
        span.update_name(f"{method} {route.path}")
        span.set_attribute("http.route", route.path)
        if route.id is not None:
            span.set_attribute("wirecheck.operation", route.id)
    if status:
        span.set_attribute("http.response.status_code", status)
    if status >= 500 or not status:
        span.set_status(StatusCode.ERROR)


def _provider() -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": _NAME}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
