"""Webhook endpoints as their callers see them: made, listed, changed, given other secrets. Knows no HTTP."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic_core import to_json
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.outbox import EVERY
from wirecheck_reference.store.pages import Cut, Page, kept_page
from wirecheck_reference.store.tables.events import StoredDelivery, StoredEndpoint

# Standard Webhooks, "Signature scheme": 24 to 64 random bytes.
_SECRET_BYTES: Final = 32
_PREFIX: Final = "whsec_"
# What of an endpoint a change sets as it was sent.
_PLAIN: Final = ("url", "name", "description", "metadata")

Document = Mapping[str, Any]


class Endpoints:
    """The webhook endpoints of one tenant, at a time in whole Unix seconds; every method is a unit of work."""

    def __init__(self, database: Database, tenant: str, now: int) -> None:
        self._database = database
        self._tenant = tenant
        self._now = now

    async def make(self, request: Document, also: Also | None = None) -> dict[str, Any]:
        """A new one, shown with its secret; with what `also` does."""
        secret = _new_secret()
        id_ = new_id("we_")
        row = StoredEndpoint(
            id=id_,
            tenant=self._tenant,
            created_at=self._now,
            enabled=True,
            secret=secret,
            heard_at=self._now,
            document={
                "id": id_,
                "object": "webhook_endpoint",
                "created_at": self._now,
                "updated_at": self._now,
                "name": request.get("name") or urlsplit(request["url"]).hostname,
                "url": request["url"],
                "event_types": request.get("event_types") or [EVERY],
                "description": request.get("description"),
                "metadata": request.get("metadata"),
                "status": "enabled",
                "disabled_reason": None,
                "signing_secret_hint": _hint(secret),
                "previous_secret_expires_at": None,
            },
        )
        shown = {**row.document, "signing_secret": secret}
        async with self._database.write() as work:
            work.add(row)
            if also is not None:
                await also(work, to_json(shown))
        return shown

    async def page(self, cut: Cut) -> Page[StoredEndpoint]:
        """A page of them. Raises `ApiError` (400) for an unknown `after`."""
        async with self._database.read() as work:
            return await kept_page(work, StoredEndpoint, self._tenant, cut)

    async def get(self, id_: str) -> dict[str, Any]:
        """One of them, as it is shown. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            return self.shown(await one_endpoint(work, self._tenant, id_))

    async def change(self, id_: str, change: Document) -> dict[str, Any]:
        """One of them with what was sent, as it is shown. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            row = await one_endpoint(work, self._tenant, id_)
            new = {**row.document, **{name: change[name] for name in _PLAIN if name in change}}
            if "event_types" in change:
                new["event_types"] = change["event_types"] or [EVERY]
            if new != row.document:
                row.document = {**new, "updated_at": self._now}
            status = change.get("status", row.document["status"])
            if status == "enabled" and not row.enabled:
                row.enabled = True
                told = {"status": "enabled", "disabled_reason": None, "updated_at": self._now}
                row.document = {**row.document, **told}
            elif status == "disabled" and row.enabled:
                await disable(work, row, "requested", self._now)
            return self.shown(row)

    async def delete(self, id_: str) -> None:
        """Deletes one, and its deliveries. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            await one_endpoint(work, self._tenant, id_)
            await work.execute(delete(StoredEndpoint).where(StoredEndpoint.id == id_))

    async def rotate(self, id_: str, seconds: int, also: Also | None = None) -> dict[str, Any]:
        """Gives one another secret, and shows it with that; the one before is good for so many seconds more.

        Raises `ApiError` (404).
        """
        async with self._database.write() as work:
            row = await one_endpoint(work, self._tenant, id_)
            row.previous = row.secret if seconds else None
            row.previous_until = self._now + seconds if seconds else None
            row.secret = _new_secret()
            row.document = {**row.document, "signing_secret_hint": _hint(row.secret), "updated_at": self._now}
            shown = {**self.shown(row), "signing_secret": row.secret}
            if also is not None:
                await also(work, to_json(shown))
            return shown

    def shown(self, row: StoredEndpoint) -> dict[str, Any]:
        """One of them, as clients are shown it."""
        until = row.previous_until
        return {**row.document, "previous_secret_expires_at": until if until and until > self._now else None}


async def one_endpoint(work: AsyncSession, tenant: str, id_: str) -> StoredEndpoint:
    """The endpoint of a tenant that has this id. Raises `ApiError` (404)."""
    mine = select(StoredEndpoint).where(StoredEndpoint.tenant == tenant, StoredEndpoint.id == id_)
    row = await work.scalar(mine)
    if row is None:
        raise ApiError(404, "not_found", f"There is no webhook endpoint {id_!r}.", param="webhook_endpoint_id")
    return row


async def disable(work: AsyncSession, row: StoredEndpoint, reason: str, now: int) -> None:
    """Has nothing more sent to an endpoint: what is on its way to it is given up."""
    row.enabled = False
    row.document = {**row.document, "status": "disabled", "disabled_reason": reason, "updated_at": now}
    over = {"status": "failed", "due": None, "next_attempt_at": None}
    waiting = StoredDelivery.endpoint == row.id, StoredDelivery.status == "pending"
    await work.execute(update(StoredDelivery).where(*waiting).values(over))


def _new_secret() -> str:
    return _PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _hint(secret: str) -> str:
    return f"{_PREFIX}...{secret[-4:]}"
