"""Batches as their callers see them: made, listed, cancelled. Knows no HTTP, and nothing of what a line says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError, invalid_value
from wirecheck_reference.ids import new_id
from wirecheck_reference.store.batch_states import FOLLOWING, OVER, moved
from wirecheck_reference.store.contents import Contents
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.files import Files
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.pages import Cut, Page, kept_page
from wirecheck_reference.store.tables.batches import StoredBatch

PURPOSE: Final = "batch"
# OpenAI API reference, Create batch: what a batch makes is kept for 30 days.
_KEPT: Final = 30 * 24 * 3600
_CANCELLING: Final = "cancelling"


class Batches:
    """The batches that one tenant keeps, at a time in whole Unix seconds; every method is a unit of work."""

    def __init__(self, database: Database, contents: Contents, tenant: str, now: int) -> None:
        self._database = database
        self._contents = contents
        self._tenant = tenant
        self._now = now

    async def begin(
        self,
        request: Mapping[str, Any],
        window: int,
        scopes: Iterable[str] | None,
        also: Also | None = None,
    ) -> StoredBatch:
        """A new one, that is given up after so many seconds, of a caller with these scopes; with what `also` does.

        Raises `ApiError` (400) where its input file is none.
        """
        content = await self._input(request["input_file_id"])
        row = StoredBatch(
            id=new_id("batch_"),
            tenant=self._tenant,
            created_at=self._now,
            status="validating",
            content=content,
            scopes=None if scopes is None else sorted(scopes),
            output_seconds=(request.get("output_expires_after") or {}).get("seconds", _KEPT),
        )
        row.document = _document(row.id, request, self._now, window)
        try:
            async with self._database.write() as work:
                work.add(row)
                if also is not None:
                    await also(work, to_json(row.document))
        except BaseException:
            await self._contents.remove([content])
            raise
        return row

    async def page(self, cut: Cut) -> Page[StoredBatch]:
        """A page of them. Raises `ApiError` (400) for an unknown `after`."""
        async with self._database.read() as work:
            return await kept_page(work, StoredBatch, self._tenant, cut)

    async def get(self, id_: str) -> StoredBatch:
        """One of them. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            return await self._one(work, id_)

    async def cancel(self, id_: str) -> StoredBatch:
        """One of them that is to end: `cancelling` from now on, or `cancelled` already.

        Raises `ApiError`: 404, and 409 for one that is over by itself.
        """
        async with self._database.write() as work:
            row = await self._one(work, id_)
            if row.status in OVER - {"cancelled"}:
                raise ApiError(409, "conflict", f"The batch is {row.status} already.", param="batch_id")
            if _CANCELLING in FOLLOWING[row.status]:
                row.document = moved(row.document, _CANCELLING, self._now)
                row.status = _CANCELLING
            return row

    async def _input(self, id_: str) -> str:
        """The name of a copy of what an input file holds: the file itself may be deleted meanwhile."""
        try:
            row = await Files(self._database, self._contents, self._tenant, self._now).get(id_)
            if row.purpose != PURPOSE:
                raise invalid_value(f"The purpose of the file is {row.purpose!r}, not {PURPOSE!r}.", "input_file_id")
            return await self._contents.share(row.content)
        except (ApiError, FileNotFoundError) as error:
            if isinstance(error, ApiError) and error.status != 404:
                raise
            raise invalid_value(f"There is no file {id_!r}.", "input_file_id") from None

    async def _one(self, work: AsyncSession, id_: str) -> StoredBatch:
        mine = select(StoredBatch).where(StoredBatch.tenant == self._tenant, StoredBatch.id == id_)
        row = await work.scalar(mine)
        if row is None:
            raise ApiError(404, "not_found", f"There is no batch {id_!r}.", param="batch_id")
        return row


def _document(id_: str, request: Mapping[str, Any], now: int, window: int) -> dict[str, Any]:
    return {
        "id": id_,
        "object": "batch",
        "endpoint": request["endpoint"],
        "model": None,
        "errors": None,
        "input_file_id": request["input_file_id"],
        "completion_window": request["completion_window"],
        "status": "validating",
        "output_file_id": None,
        "error_file_id": None,
        "created_at": now,
        "in_progress_at": None,
        "expires_at": now + window,
        "finalizing_at": None,
        "completed_at": None,
        "failed_at": None,
        "expired_at": None,
        "cancelling_at": None,
        "cancelled_at": None,
        "request_counts": {"total": 0, "completed": 0, "failed": 0},
        "usage": None,
        "metadata": request.get("metadata"),
    }
