"""The app factory: puts the parts together. Knows every part by name and none by heart."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.areas import routers
from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.engines.declared import ModelFile
from wirecheck_reference.engines.echo.models import echo_engine
from wirecheck_reference.engines.hashing.engine import HashingEngine
from wirecheck_reference.faults import all_faults, find_fault
from wirecheck_reference.faults.kinds.parts import Keys
from wirecheck_reference.http.access import Gate
from wirecheck_reference.http.front import Front
from wirecheck_reference.http.inner import ask
from wirecheck_reference.http.key_sets import KeySet
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.refusals import Refusals, handle_errors
from wirecheck_reference.http.table import OperationTable
from wirecheck_reference.http.tokens import Tokens
from wirecheck_reference.mounting import NamedPaths
from wirecheck_reference.places import database_of, deliverer_of, jobs_of
from wirecheck_reference.services import Services, open_services
from wirecheck_reference.settings import Settings
from wirecheck_reference.store.contents import Contents
from wirecheck_reference.store.keys import StoredKeys
from wirecheck_reference.tracing import Traces, is_wanted
from wirecheck_reference.variants import all_variants, find_variant

_SILENT: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}


class ReferenceServer(FastAPI):
    """FastAPI with a table of operations, and with its services as a typed value, there once its lifespan has begun."""

    services: Services

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._operations: list[Operation] = []
        self._inside: ASGIApp | None = None

    def include_area(self, router: APIRouter) -> None:
        """Adds the operations and mounts of a router as they are: prefix and dependencies are its own."""
        for route in router.routes:
            if isinstance(route, Operation):
                self._operations.append(route)
            else:
                self.router.routes.append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by the middleware at once: what FastAPI asks of its telemetry before is off, and costs its share."""
        if scope["type"] == "lifespan" or self.middleware_stack is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    @property
    def operations(self) -> ASGIApp:
        """The operations, errors as answers, without any middleware."""
        if self._inside is None:
            self._inside = Refusals(OperationTable(self._operations, self.router), self.exception_handlers)
        return self._inside

    def build_middleware_stack(self) -> ASGIApp:
        """The middleware that was added, the last outermost, around errors as answers, around the operations.

        Starlette's own net for failures would be outside of all: here `Front` is, which gives every answer its id.
        """
        app: ASGIApp = self.operations
        for layer, arguments, options in reversed(self.user_middleware):
            app = layer(app, *arguments, **options)
        return app


def create_app(
    settings: Settings | None = None, catalogue: Catalogue | None = None, areas: Sequence[str] | None = None
) -> ReferenceServer:
    """The reference server as an ASGI app. Without a catalogue it has the built-in engines, without areas it has all.

    Raises `KeyError` for a fault or variant that does not exist, and `ValueError` for limits that cannot be kept, a
    database that cannot be named, a file of models that cannot be used, and secrets or keys that tokens cannot be
    checked with.
    """
    settings = settings or Settings()
    declared = ModelFile(settings.models) if settings.models else None
    catalogue = catalogue or Catalogue([echo_engine(settings.slow_token_seconds), HashingEngine()], declared)
    database = database_of(settings)
    gate = Gate(
        [key.get_secret_value() for key in settings.api_keys],
        [key.get_secret_value() for key in settings.limited_keys],
        rate=settings.rate_limit,
        limited_rate=settings.limited_rate,
        storage=settings.rate_limit_storage,
        stored=StoredKeys(database),
        tokens=_tokens(settings),
    )
    contents = Contents(None if settings.in_memory else settings.data_folder / "files")

    @asynccontextmanager
    async def lifespan(app: ReferenceServer) -> AsyncIterator[None]:
        jobs = jobs_of(settings, database, contents, partial(ask, app))
        deliverer = deliverer_of(settings, database)
        async with open_services(settings, catalogue, gate, database, contents, jobs, deliverer) as app.services:
            yield

    app = ReferenceServer(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan, telemetry=_SILENT
    )
    for router in routers(areas):
        app.include_area(router)
    handle_errors(app)
    named = (
        find_fault(settings.fault) if settings.fault else None,
        find_variant(settings.variant) if settings.variant else None,
    )
    alterations = [each for each in named if each is not None]
    keys = Keys(
        tuple(key.get_secret_value() for key in (*settings.api_keys, *settings.limited_keys)),
        tuple(key.get_secret_value() for key in settings.narrow_keys),
        tuple(key.get_secret_value() for key in settings.revoked_keys),
    )
    # The last that is added is the outermost.
    for each in alterations:
        if each.inner:
            app.add_middleware(each.install, keys)
    app.add_middleware(Front, logs=settings.log_level in ("debug", "info"))
    for each in alterations:
        if not each.inner:
            app.add_middleware(each.install, keys)
    if settings.metrics:
        from wirecheck_reference.metrics import Metrics  # where its library looks for a shared folder, once

        app.add_middleware(Metrics, database)
    if is_wanted(os.environ):
        app.add_middleware(Traces)
    return app


def _tokens(settings: Settings) -> Tokens | None:
    secret = settings.jwt_secret.get_secret_value() if settings.jwt_secret is not None else None
    keys = KeySet(settings.jwks) if settings.jwks is not None else None
    if secret is None and keys is None:
        if settings.jwt_issuer or settings.jwt_audience:
            raise ValueError("tokens of an issuer or for an audience need --jwt-secret or --jwks to be checked with")
        return None
    return Tokens(secret, keys, issuer=settings.jwt_issuer, audience=settings.jwt_audience)


def create_app_with_all_faults(settings: Settings) -> ASGIApp:
    """The right server at the root, and with each fault below `/faults/NAME`."""
    names = [fault.name for fault in all_faults()]
    return NamedPaths(create_app(settings), "/faults/", names, _maker(settings, "fault"))


def create_app_with_all_variants(settings: Settings) -> ASGIApp:
    """The right server at the root, and each legal variant of it below `/variants/NAME`."""
    names = [variant.name for variant in all_variants()]
    return NamedPaths(create_app(settings), "/variants/", names, _maker(settings, "variant"))


def _maker(settings: Settings, field: str) -> Callable[[str], ReferenceServer]:
    def create(name: str) -> ReferenceServer:
        # Nothing is shared: a store of limits would count them together, a database would show what another kept.
        apart = {field: name, "rate_limit_storage": "memory://", "in_memory": True, "metrics": False}
        return create_app(settings.model_copy(update=apart))

    return create
