"""Creations that a request asks for by its Idempotency-Key, each done once. Knows no area and no table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic_core import to_json

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.responses import Answer, JsonAnswer
from wirecheck_reference.services import FromCaller, FromClock, FromDatabase
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also, Claim, claim

_LONGEST: Final = 255


class Attempt:
    """One request for a creation, the first with its key or one of those after it.

    `digest` tells one body from another.
    """

    def __init__(self, operation: str, taken: Claim | None) -> None:
        self._operation = operation
        self._claim = taken

    @property
    def repeats(self) -> bool:
        """Whether a request with this key has made something already."""
        return self._claim is not None and self._claim.made is not None

    def again(self, digest: str, status: int = 200) -> Answer:
        """The answer to the request that this one repeats. Raises `ApiError` (422) where that said something else."""
        assert self._claim is not None  # noqa: S101  # it repeats one
        made = self._claim.answer_to(self._fingerprint(digest))
        return JsonAnswer(made, status=status, headers={"idempotent-replayed": "true"})

    def also(self, digest: str) -> Also | None:
        """What belongs to the unit of work that makes the thing; None without a key."""
        return None if self._claim is None else self._claim.noting(self._fingerprint(digest))

    def _fingerprint(self, digest: str) -> str:
        return sha256(f"{self._operation} {digest}".encode()).hexdigest()


class Once:
    """The key of a request, and whose it is."""

    def __init__(self, database: Database, tenant: str, key: str | None, operation: str, now: int) -> None:
        self._database = database
        self._tenant = tenant
        self._operation = operation
        self._now = now
        self.key = key

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[Attempt]:
        """An attempt; where the block raises, the key is free again. Raises `ApiError` (409)."""
        if self.key is None:
            yield Attempt(self._operation, None)
            return
        taken = await claim(self._database, self._tenant, self.key, self._now)
        try:
            yield Attempt(self._operation, taken)
        except BaseException:
            if taken.made is None:
                # A client that leaves must not keep its key.
                await asyncio.shield(taken.release())
            raise


def once(request: Request, database: FromDatabase, caller: FromCaller, clock: FromClock) -> Once:
    """The key of the request. Raises `ApiError` (400) for one that is empty or too long."""
    key = Inbound.of(request.scope).headers.get(b"idempotency-key")
    if key is not None and not 1 <= len(key) <= _LONGEST:
        message = f"An Idempotency-Key has 1 to {_LONGEST} characters."
        raise ApiError(400, "invalid_value", message, param="Idempotency-Key")
    told = None if key is None else key.decode("latin-1")
    return Once(database, caller.tenant, told, f"{request.method} {request.url.path}", int(clock()))


def digest_of(document: Any) -> str:
    """What tells a JSON document from another."""
    return sha256(to_json(document)).hexdigest()


FromOnce = Annotated[Once, Depends(once)]
