"""What becomes of deliveries, whoever makes them: each attempt is one process's, and is noted once. Knows no HTTP.

Who makes an attempt puts off, in the same step as it takes it, when it is due again: where it ends in between, another
takes it up by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.events import StoredDelivery, StoredEndpoint, StoredEvent
from wirecheck_reference.store.webhooks import disable

PENDING: Final = "pending"
SUCCEEDED: Final = "succeeded"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is this process's to attempt; `secrets` sign it, the newest first, `tries` were made before.

    `most` is how many attempts it may have at most, None where nothing was said of it.
    """

    id: str
    claim: str
    endpoint: str
    url: str
    secrets: tuple[str, ...]
    event: Mapping[str, Any]
    tries: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt comes to: the state of the delivery.

    `due` is when it is attempted again, in Unix milliseconds; `disabled` for which reason the endpoint is disabled, if
    it is.
    """

    status: str
    due: int | None = None
    disabled: str | None = None


async def next_due(database: Database) -> int | None:
    """When the next delivery of all tenants is due, in Unix milliseconds; None where there is none."""
    async with database.read() as work:
        return await work.scalar(select(func.min(StoredDelivery.due)))


async def take_due(database: Database, now: int, until: int, most: int) -> list[Due]:
    """Takes at most so many that are due, the longest first; who has not noted an attempt by `until` loses it again.

    Times are in Unix milliseconds.
    """
    waiting = select(StoredDelivery.id).where(StoredDelivery.due <= now).order_by(StoredDelivery.due).limit(most)
    async with database.write() as work:
        return [await _taken(work, id_, now, until) for id_ in list(await work.scalars(waiting))]


async def take(database: Database, id_: str, now: int, until: int) -> Due | None:
    """Takes one that nobody has attempted, None where somebody has taken it since."""
    fresh = select(StoredDelivery.id).where(
        StoredDelivery.id == id_, StoredDelivery.claim.is_(None), StoredDelivery.status == PENDING
    )
    async with database.write() as work:
        found = await work.scalar(fresh)
        return None if found is None else await _taken(work, found, now, until)


async def note(database: Database, due: Due, attempt: Mapping[str, Any], verdict: Verdict, now: int) -> None:
    """Notes an attempt (`WebhookAttempt`), and what it comes to, unless it has become another's meanwhile.

    `now` is in whole Unix seconds. An endpoint to which a delivery is given up, and that has acknowledged nothing since
    that was made, is disabled.
    """
    async with database.write() as work:
        mine = StoredDelivery.id == due.id, StoredDelivery.claim == due.claim
        row = await work.scalar(select(StoredDelivery).where(*mine))
        if row is None:
            return
        row.attempts = [*row.attempts, dict(attempt)]
        # Where the endpoint was disabled meanwhile nothing is attempted again, but what was heard was heard.
        if row.status == PENDING or verdict.status == SUCCEEDED:
            row.status = verdict.status
            row.due = verdict.due
            row.next_attempt_at = None if verdict.due is None else -(-verdict.due // 1000)
        endpoint = await work.scalar(select(StoredEndpoint).where(StoredEndpoint.id == row.endpoint))
        if endpoint is None:
            return
        if verdict.status == SUCCEEDED:
            endpoint.heard_at = now
        reason = verdict.disabled
        if reason is None and verdict.status == FAILED and row.most is None and endpoint.heard_at <= row.created_at:
            reason = "failing"
        if reason is not None and endpoint.enabled:
            await work.flush()
            await disable(work, endpoint, reason, now)


async def _taken(work: AsyncSession, id_: str, now: int, until: int) -> Due:
    claim = new_id("")
    await work.execute(update(StoredDelivery).where(StoredDelivery.id == id_).values(claim=claim, due=until))
    found = await work.execute(
        select(StoredDelivery, StoredEndpoint, StoredEvent)
        .join(StoredEndpoint, StoredEndpoint.id == StoredDelivery.endpoint)
        .join(StoredEvent, StoredEvent.position == StoredDelivery.event)
        .where(StoredDelivery.id == id_)
    )
    row, endpoint, event = found.one()
    secrets = [endpoint.secret]
    if endpoint.previous is not None and (endpoint.previous_until or 0) * 1000 > now:
        secrets.append(endpoint.previous)
    url = endpoint.document["url"]
    return Due(id_, claim, endpoint.id, url, tuple(secrets), event.document, len(row.attempts), row.most)
