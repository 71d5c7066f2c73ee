"""Requests that are sent again: each key makes one thing, whichever process it reaches. Knows no HTTP.

A key is taken in a unit of work of its own, before anything is made, and gets its answer in the one that makes the
thing: both are durable, or neither is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.idempotency_keys import IdempotencyKey

Also: TypeAlias = Callable[[AsyncSession, bytes], Awaitable[None]]
"""What else belongs to a unit of work that makes something, whose answer is these bytes."""

_DAY: Final = 24 * 3600
# Seconds after which a request that is under way is nobody's: its process has ended.
_FORGOTTEN: Final = 600


class Claim:
    """A key that is taken. `made` is the answer that it has already, None where this attempt is the first."""

    def __init__(self, database: Database, row: IdempotencyKey, made: bytes | None, now: int) -> None:
        self._database = database
        self._row = row
        self._now = now
        self.made = made

    def answer_to(self, fingerprint: str) -> bytes:
        """The answer that was made. Raises `ApiError` (422) where another request was it that made it."""
        if self.made is None or self._row.fingerprint != fingerprint:
            message = "This Idempotency-Key came with another request."
            raise ApiError(422, "idempotency_key_reused", message, param="Idempotency-Key")
        return self.made

    def noting(self, fingerprint: str) -> Also:
        """What notes the answer to the request of this fingerprint, beside what it made.

        Raises `ApiError` (409) where somebody else has taken the key since.
        """

        async def note(work: AsyncSession, body: bytes) -> None:
            told = {"fingerprint": fingerprint, "body": body, "expires_at": self._now + _DAY}
            noted = await work.execute(
                update(IdempotencyKey).where(*self._mine()).values(told).returning(IdempotencyKey.key)
            )
            if noted.first() is None and not await _taken(work, _row(self._row.tenant, self._row.key, **told)):
                raise _in_use()

        return note

    async def release(self) -> None:
        """Leaves the key free, where nothing was made."""
        async with self._database.write() as work:
            await work.execute(delete(IdempotencyKey).where(*self._mine(), IdempotencyKey.body.is_(None)))

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        row = self._row
        mine = IdempotencyKey.tenant == row.tenant, IdempotencyKey.key == row.key
        return (*mine, IdempotencyKey.attempt == row.attempt)


async def claim(database: Database, tenant: str, key: str, now: int) -> Claim:
    """Takes a key of a tenant's, at a time in whole Unix seconds. Raises `ApiError` (409) where it is under way."""
    async with database.write() as work:
        await _purge(work, now)
        mine = IdempotencyKey.tenant == tenant, IdempotencyKey.key == key
        found = await work.scalar(select(IdempotencyKey).where(*mine))
        if found is None:
            row = _row(tenant, key, expires_at=now + _FORGOTTEN)
            if await _taken(work, row):
                return Claim(database, row, None, now)
            found = await work.scalar(select(IdempotencyKey).where(*mine))
        if found is None or found.body is None:
            raise _in_use()
        return Claim(database, found, found.body, now)


async def remove_expired_keys(database: Database, now: int) -> None:
    """Removes keys of all tenants whose time is over."""
    async with database.write() as work:
        await _purge(work, now)


async def _purge(work: AsyncSession, now: int) -> None:
    await work.execute(delete(IdempotencyKey).where(IdempotencyKey.expires_at <= now))


async def _taken(work: AsyncSession, row: IdempotencyKey) -> bool:
    """Whether the row is there now; False where another process had the same key in it first."""
    try:
        async with work.begin_nested():
            work.add(row)
    except IntegrityError:
        return False
    return True


def _row(tenant: str, key: str, **fields: object) -> IdempotencyKey:
    return IdempotencyKey(tenant=tenant, key=key, attempt=new_id(""), **fields)


def _in_use() -> ApiError:
    message = "A request with this Idempotency-Key is under way."
    headers = {"Retry-After": "1"}
    return ApiError(409, "idempotency_key_in_use", message, param="Idempotency-Key", headers=headers)
