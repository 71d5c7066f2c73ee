"""What happened, written in the unit of work in which it happens, with its deliveries: neither is without the other.

Knows no HTTP, and not how anything is delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import ANNOUNCED
from wirecheck_reference.store.tables.events import StoredDelivery, StoredEndpoint, StoredEvent

EVERY: Final = "*"
"""Of the types that an endpoint wants, all."""


async def announce(
    work: AsyncSession, tenant: str, type_: str, data: Mapping[str, Any], now: int, id_: str | None = None
) -> StoredEvent:
    """An event of a tenant's, at a time in whole Unix seconds, on its way to whoever wants it when the work is done."""
    event = await told(work, tenant, type_, data, now, id_)
    mine = StoredEndpoint.tenant == tenant, StoredEndpoint.enabled
    for endpoint in await work.scalars(select(StoredEndpoint).where(*mine)):
        if wants(endpoint.document["event_types"], type_):
            deliver(work, event, endpoint.id, now)
    return event


async def told(
    work: AsyncSession,
    tenant: str,
    type_: str,
    data: Mapping[str, Any],
    now: int,
    id_: str | None = None,
    *,
    sample: bool = False,
) -> StoredEvent:
    """An event that is on its way to nobody."""
    id_ = id_ or new_id("evt_")
    document = {"id": id_, "object": "event", "created_at": now, "type": type_, "data": dict(data)}
    event = StoredEvent(id=id_, tenant=tenant, created_at=now, type=type_, sample=sample, document=document)
    work.add(event)
    await work.flush()
    return event


def deliver(work: AsyncSession, event: StoredEvent, endpoint: str, now: int) -> StoredDelivery:
    """Has an event delivered to an endpoint of this id when the work is done."""
    delivery = new_delivery(event, endpoint, now)
    work.add(delivery)
    work.info[ANNOUNCED] = True
    return delivery


def new_delivery(event: StoredEvent, endpoint: str, now: int) -> StoredDelivery:
    """A delivery that is due at once, and not kept yet."""
    id_ = new_id("whd_")
    return StoredDelivery(
        id=id_,
        tenant=event.tenant,
        created_at=now,
        endpoint=endpoint,
        event=event.position,
        status="pending",
        attempts=[],
        due=now * 1000,
        next_attempt_at=now,
        document={
            "id": id_,
            "object": "webhook_delivery",
            "created_at": now,
            "endpoint_id": endpoint,
            "event_id": event.id,
            "event_type": event.type,
        },
    )


def wants(patterns: Iterable[str], type_: str) -> bool:
    """Whether a type is one of these, begins as one of them that ends in `.*`, or all are wanted."""
    return any(
        each in (EVERY, type_) or (each.endswith(".*") and type_.startswith(each.removesuffix("*")))
        for each in patterns
    )
