"""The app factory: puts the parts together. Knows every part by name and none by heart."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Final

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference import chat, health, models_api
from wirecheck_reference.access import Gate
from wirecheck_reference.docs import add_docs
from wirecheck_reference.engines.catalogue import Catalogue, echo_engine
from wirecheck_reference.engines.engine import Engine
from wirecheck_reference.faults import find_fault
from wirecheck_reference.faults.mounting import FaultPaths
from wirecheck_reference.front import Front
from wirecheck_reference.refusals import handle_errors
from wirecheck_reference.settings import Settings

_SILENT: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
_log = structlog.get_logger("wirecheck.server")


class ReferenceServer(FastAPI):
    """FastAPI with layers around all of it: outside its own net for failures, which would cost each answer a little."""

    def wrap(self, layer: Callable[[ASGIApp], ASGIApp]) -> None:
        """Puts a layer around the app and all layers before it."""
        self._outermost = layer(self._outermost)

    @cached_property
    def _outermost(self) -> ASGIApp:
        return super().__call__

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers through all layers."""
        scope["app"] = self
        await self._outermost(scope, receive, send)


def create_app(settings: Settings | None = None, engines: Sequence[Engine] | None = None) -> FastAPI:
    """The reference server as an ASGI app. Without engines it has the built-in echo.

    Raises `KeyError` for a fault that does not exist.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.started = time.monotonic()
        _log.info("started", models=[model.id for model in app.state.catalogue.models()], fault=settings.fault)
        yield
        _log.info("stopped", unfinished=app.state.catalogue.running)

    app = ReferenceServer(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan, telemetry=_SILENT
    )
    app.state.settings = settings
    app.state.catalogue = Catalogue(engines or [echo_engine(settings.slow_token_seconds)])
    app.state.gate = Gate(
        [key.get_secret_value() for key in settings.api_keys],
        [key.get_secret_value() for key in settings.limited_keys],
        rate=settings.rate_limit,
        limited_rate=settings.limited_rate,
        storage=settings.rate_limit_storage,
    )
    app.include_router(chat.router)
    app.include_router(models_api.router)
    app.include_router(health.router)
    add_docs(app)
    handle_errors(app)
    fault = find_fault(settings.fault) if settings.fault else None
    keys = tuple(key.get_secret_value() for key in (*settings.api_keys, *settings.limited_keys))
    # The last that is added is the outermost.
    app.wrap(chat.Shortcut)
    if fault is not None and fault.inner:
        app.wrap(lambda inner: fault.install(inner, keys))
    app.wrap(lambda inner: Front(inner, logs=settings.log_level in ("debug", "info")))
    if fault is not None and not fault.inner:
        app.wrap(lambda inner: fault.install(inner, keys))
    return app


def create_app_with_all_faults(settings: Settings) -> ASGIApp:
    """The right server at the root, and with each fault below `/faults/NAME`."""

    def create(name: str) -> FastAPI:
        # Limits are counted apart for each fault: a store that servers share would count them together.
        return create_app(settings.model_copy(update={"fault": name, "rate_limit_storage": "memory://"}))

    return FaultPaths(create_app(settings), create)
