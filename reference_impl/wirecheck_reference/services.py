"""What operations depend on, made once when the server starts, and getters for tests to override. Knows no area."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

import structlog
from fastapi import Depends, Request
from sqlalchemy.exc import IntegrityError

from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.http.access import Caller, Gate, allowed
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.inner import CALLER
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.jobs.deliveries import Deliverer
from wirecheck_reference.jobs.tasks import Jobs
from wirecheck_reference.settings import Settings
from wirecheck_reference.store.contents import Contents
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.files import tidy
from wirecheck_reference.store.idempotency import remove_expired_keys
from wirecheck_reference.store.keys import StoredKeys

_log = structlog.get_logger("wirecheck.server")

NARROW: Final = ("models:read",)
"""The scopes of a narrow key."""

Clock: TypeAlias = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Services:
    """All that lives as long as the server. `started` is a time of the monotonic clock."""

    settings: Settings
    catalogue: Catalogue
    gate: Gate
    database: Database
    contents: Contents
    jobs: Jobs
    deliverer: Deliverer
    started: float


@asynccontextmanager
async def open_services(
    settings: Settings,
    catalogue: Catalogue,
    gate: Gate,
    database: Database,
    contents: Contents,
    jobs: Jobs,
    deliverer: Deliverer,
) -> AsyncIterator[Services]:
    """The services, for as long as the server runs: what they hold open is closed with the block.

    Raises `OSError` where the database is not to be had.
    """
    await database.start()
    try:
        await _make_keys(StoredKeys(database), settings)
        await gate.start()
        await tidy(database, contents, int(time.time()))
        await remove_expired_keys(database, int(time.time()))
        models = [model.id for model in catalogue.models()]
        _log.info("started", models=models, fault=settings.fault, database=str(database))
        try:
            await jobs.start()
            await deliverer.start()
            yield Services(settings, catalogue, gate, database, contents, jobs, deliverer, time.monotonic())
        finally:
            await jobs.stop()
            await deliverer.stop()
        _log.info("stopped", unfinished=catalogue.running)
    finally:
        await contents.stop()
        await database.stop()


async def _make_keys(stored: StoredKeys, settings: Settings) -> None:
    """Makes the keys that the settings name, once: narrow ones for a part of the contract, revoked ones for nothing."""
    now = int(time.time())
    for kind, keys in (("narrow", settings.narrow_keys), ("revoked", settings.revoked_keys)):
        for key in keys:
            secret = key.get_secret_value()
            if await stored.known(secret) is None:
                # Another process that starts just now may be the one that makes it.
                with suppress(IntegrityError):
                    await stored.create(kind, kind, NARROW, now, secret)
            row = await stored.known(secret)
            if kind == "revoked" and row is not None and row.revoked_at is None:
                await stored.revoke(row.id, now)


def get_services(request: Request) -> Services:
    """The services of the app that answers."""
    services: Services = request.scope["app"].services
    return services


FromServices = Annotated[Services, Depends(get_services)]


def get_catalogue(services: FromServices) -> Catalogue:
    """The models and their engines."""
    return services.catalogue


def get_database(services: FromServices) -> Database:
    """What the server keeps."""
    return services.database


def get_contents(services: FromServices) -> Contents:
    """Where the contents of files lie."""
    return services.contents


def get_clock() -> Clock:
    """What tells the time, in Unix seconds."""
    return time.time


async def admit(request: Request, services: FromServices) -> Caller:
    """Who asks. Raises `ApiError` (401, 403, 429) for callers who may not."""
    route: Operation = request.scope["route"]
    if (known := request.scope.get(CALLER)) is not None:
        return allowed(known, route.scopes)
    return await services.gate.admit(Inbound.of(request.scope), route.scopes)


FromCatalogue = Annotated[Catalogue, Depends(get_catalogue)]
FromDatabase = Annotated[Database, Depends(get_database)]
FromContents = Annotated[Contents, Depends(get_contents)]
FromClock = Annotated[Clock, Depends(get_clock)]
FromCaller = Annotated[Caller, Depends(admit)]
ADMITTED = Depends(admit)
"""For routers: nothing else of a request is looked at before its caller is."""
