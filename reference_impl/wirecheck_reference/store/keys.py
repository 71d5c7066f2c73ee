"""API keys that the owner of a server made: kept as digests, looked up, revoked. Knows no HTTP."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.keys import StoredKey

# Bytes of chance in a key: nobody guesses them, so that a plain digest need not be slow.
_CHANCE: Final = 32


class StoredKeys:
    """The keys of a database; every method is a unit of work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(
        self, name: str, tenant: str, scopes: Iterable[str], now: int, secret: str | None = None
    ) -> tuple[StoredKey, str]:
        """Makes a key, and gives it with its secret, which is known to nobody afterwards; a given secret is taken."""
        secret = secret or f"sk-wirecheck-{secrets.token_urlsafe(_CHANCE)}"
        row = StoredKey(
            id=new_id("key_"),
            name=name,
            tenant=tenant,
            scopes=sorted(set(scopes)),
            digest=_digest(secret),
            created_at=now,
            revoked_at=None,
        )
        async with self._database.write() as work:
            work.add(row)
        return row, secret

    async def all(self) -> list[StoredKey]:
        """All keys, revoked ones too, in the order in which they were made."""
        async with self._database.read() as work:
            return list(await work.scalars(select(StoredKey).order_by(StoredKey.position)))

    async def any(self) -> bool:
        """Whether there are keys, be they revoked."""
        async with self._database.read() as work:
            return await work.scalar(select(StoredKey.position).limit(1)) is not None

    async def revoke(self, id_: str, now: int) -> StoredKey:
        """Makes a key good for nothing, from now on; one that is revoked stays as it is. Raises `KeyError`."""
        async with self._database.write() as work:
            row = await work.scalar(select(StoredKey).where(StoredKey.id == id_))
            if row is None:
                raise KeyError(id_)
            if row.revoked_at is None:
                row.revoked_at = now
            return row

    async def known(self, secret: str) -> StoredKey | None:
        """The key with a secret, revoked or not; None where there is none.

        An index finds digests: what its speed tells is of a digest that nobody can choose. They are compared in
        constant time all the same.
        """
        digest = _digest(secret)
        async with self._database.read() as work:
            row = await work.scalar(select(StoredKey).where(StoredKey.digest == digest))
        return row if row is not None and hmac.compare_digest(row.digest, digest) else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
