"""Deliveries as their callers see them: listed, fetched, asked for again. Knows no HTTP, and delivers nothing."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.outbox import deliver, new_delivery, told
from wirecheck_reference.store.pages import Cut, Page, kept_page
from wirecheck_reference.store.tables.events import StoredDelivery, StoredEndpoint, StoredEvent
from wirecheck_reference.store.webhooks import one_endpoint


class Deliveries:
    """The deliveries to a tenant's endpoint of this id, at a time in whole Unix seconds; each method a unit of work.

    Each raises `ApiError` (404) where the tenant has no such endpoint.
    """

    def __init__(self, database: Database, tenant: str, endpoint: str, now: int) -> None:
        self._database = database
        self._tenant = tenant
        self._endpoint = endpoint
        self._now = now

    async def page(self, cut: Cut, status: str | None) -> Page[StoredDelivery]:
        """A page of those in a state. Raises `ApiError` (400) for an unknown `after`."""
        where = [] if status is None else [StoredDelivery.status == status]
        inside = StoredDelivery.endpoint == self._endpoint
        async with self._database.read() as work:
            await self._found(work)
            return await kept_page(work, StoredDelivery, self._tenant, cut, *where, within=inside)

    async def get(self, id_: str) -> StoredDelivery:
        """One of them. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            return await self._one(work, id_)

    async def again(self, id_: str, also: Also | None = None) -> StoredDelivery:
        """A new one of the same event, with what `also` does. Raises `ApiError`: 404, 409 where nothing may be sent."""
        async with self._database.write() as work:
            before = await self._one(work, id_)
            await self._enabled(work)
            event = await work.get_one(StoredEvent, before.event)
            delivery = deliver(work, event, self._endpoint, self._now)
            if also is not None:
                await also(work, to_json(shown(delivery)))
            return delivery

    async def sample(self, type_: str, until: int) -> str:
        """The id of a new one of an event that did not happen, to be attempted once, by whoever takes it by its id.

        Where nobody has by `until`, in Unix milliseconds, it is due. Raises `ApiError`: 404, 409 as `again`.
        """
        async with self._database.write() as work:
            await self._enabled(work)
            event = await told(work, self._tenant, type_, {"id": self._endpoint}, self._now, sample=True)
            delivery = new_delivery(event, self._endpoint, self._now)
            delivery.most, delivery.due = 1, until
            work.add(delivery)
            return delivery.id

    async def _one(self, work: AsyncSession, id_: str) -> StoredDelivery:
        await self._found(work)
        inside = StoredDelivery.endpoint == self._endpoint, StoredDelivery.id == id_
        row = await work.scalar(select(StoredDelivery).where(*inside))
        if row is None:
            raise ApiError(404, "not_found", f"There is no delivery {id_!r} to this endpoint.", param="delivery_id")
        return row

    async def _found(self, work: AsyncSession) -> StoredEndpoint:
        return await one_endpoint(work, self._tenant, self._endpoint)

    async def _enabled(self, work: AsyncSession) -> None:
        if not (await self._found(work)).enabled:
            message = "The webhook endpoint is disabled."
            raise ApiError(409, "conflict", message, param="webhook_endpoint_id")


def shown(row: StoredDelivery) -> dict[str, Any]:
    """A delivery as clients are shown it."""
    told_of = {"status": row.status, "next_attempt_at": row.next_attempt_at, "attempts": row.attempts}
    return {**row.document, **told_of}
