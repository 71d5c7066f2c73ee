"""Events as their callers see them: told, listed, fetched. Knows no HTTP and no delivery."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError, invalid_value
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.outbox import announce
from wirecheck_reference.store.pages import Cut, Page, kept_page
from wirecheck_reference.store.tables.events import StoredEvent

RESERVED: Final = ("batch.", "file.", "response.", "webhook_endpoint.")
"""What the types begin with of events that the server alone tells of."""


class Events:
    """The events of one tenant, at a time in whole Unix seconds; every method is a unit of work."""

    def __init__(self, database: Database, tenant: str, now: int) -> None:
        self._database = database
        self._tenant = tenant
        self._now = now

    async def tell(self, request: Mapping[str, Any], also: Also | None = None) -> StoredEvent:
        """A new one, or the one that was told before with the same id and the same content; with what `also` does.

        Raises `ApiError`: 400 for a type that only the server tells of, 409 for an id that has another content.
        """
        type_, data, id_ = request["event_type"], request["event_data"], request.get("event_id")
        if type_.startswith(RESERVED):
            raise invalid_value(f"Only the server tells of events of the type {type_!r}.", "event_type")
        async with self._database.write() as work:
            row = None if id_ is None else await self._find(work, id_)
            if row is None:
                row = await announce(work, self._tenant, type_, data, self._now, id_)
            elif row.type != type_ or _canonical(row.document["data"]) != _canonical(data):
                message = f"There is an event {id_!r} of another type or with other data."
                raise ApiError(409, "conflict", message, param="event_id")
            if also is not None:
                await also(work, to_json(row.document))
            return row

    async def page(self, cut: Cut, types: Collection[str] | None) -> Page[StoredEvent]:
        """A page of those of some types. Raises `ApiError` (400) for an unknown `after`."""
        where = [] if types is None else [StoredEvent.type.in_(types)]
        async with self._database.read() as work:
            return await kept_page(work, StoredEvent, self._tenant, cut, *where, within=StoredEvent.sample.is_(False))

    async def get(self, id_: str) -> StoredEvent:
        """One of them. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            row = await self._find(work, id_)
        if row is None:
            raise ApiError(404, "not_found", f"There is no event {id_!r}.", param="event_id")
        return row

    async def _find(self, work: AsyncSession, id_: str) -> StoredEvent | None:
        mine = select(StoredEvent).where(StoredEvent.tenant == self._tenant, StoredEvent.id == id_)
        return await work.scalar(mine)


def _canonical(data: Any) -> str:
    """Text that is the same for the same data; for Python 1, 1.0 and True would be."""
    return json.dumps(data, sort_keys=True)
