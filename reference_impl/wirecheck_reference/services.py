"""What operations depend on, made once when the server starts, and getters for tests to override. Knows no area."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import structlog
from fastapi import Depends, Request

from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.http.access import Caller, Gate
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.settings import Settings

_log = structlog.get_logger("wirecheck.server")


@dataclass(frozen=True, slots=True)
class Services:
    """All that lives as long as the server. `started` is a time of the monotonic clock."""

    settings: Settings
    catalogue: Catalogue
    gate: Gate
    started: float


@asynccontextmanager
async def open_services(settings: Settings, catalogue: Catalogue, gate: Gate) -> AsyncIterator[Services]:
    """The services, for as long as the server runs: what they hold open is closed with the block."""
    _log.info("started", models=[model.id for model in catalogue.models()], fault=settings.fault)
    yield Services(settings, catalogue, gate, time.monotonic())
    _log.info("stopped", unfinished=catalogue.running)


def get_services(request: Request) -> Services:
    """The services of the app that answers."""
    services: Services = request.scope["app"].services
    return services


FromServices = Annotated[Services, Depends(get_services)]


def get_catalogue(services: FromServices) -> Catalogue:
    """The models and their engines."""
    return services.catalogue


async def admit(request: Request, services: FromServices) -> Caller:
    """Who asks. Raises `ApiError` (401, 429) for callers who may not."""
    return await services.gate.admit(Inbound.of(request.scope))


FromCatalogue = Annotated[Catalogue, Depends(get_catalogue)]
FromCaller = Annotated[Caller, Depends(admit)]
ADMITTED = Depends(admit)
"""For routers: nothing else of a request is looked at before its caller is."""
