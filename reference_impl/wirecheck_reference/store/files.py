"""Files that clients uploaded: rows for what is known of them, contents beside. Knows no HTTP."""

from __future__ import annotations

from typing import Final

from pydantic_core import to_json
from sqlalchemy import ColumnElement, delete, or_, select

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id
from wirecheck_reference.store.contents import Content, Contents, Draft, Written
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.outbox import announce
from wirecheck_reference.store.pages import Cut, Page, kept_page
from wirecheck_reference.store.tables.files import StoredFile

# OpenAI API reference, Upload file: files for batches expire after 30 days, all others stay.
_BATCH: Final = 30 * 24 * 3600
# Files that are over and are removed on one occasion.
_AT_ONCE: Final = 100


class Files:
    """The files that one tenant keeps, at a time in whole Unix seconds: what is over by then is not there."""

    def __init__(self, database: Database, contents: Contents, tenant: str, now: int) -> None:
        self._database = database
        self._contents = contents
        self._tenant = tenant
        self._now = now

    async def keep(
        self, draft: Draft, filename: str, purpose: str, seconds: int | None, also: Also | None = None
    ) -> StoredFile:
        """Keeps a file of so many seconds, None for as long as its purpose has it, with what `also` does.

        Durable on return.
        """
        if seconds is None and purpose == "batch":
            seconds = _BATCH
        row = file_of(await draft.keep(), self._tenant, filename, purpose, self._now, seconds)
        async with self._database.write() as work:
            work.add(row)
            await announce(work, self._tenant, "file.created", {"id": row.id}, self._now)
            if also is not None:
                await also(work, to_json(row.document))
        return row

    async def page(self, cut: Cut, purpose: str | None) -> Page[StoredFile]:
        """A page of those with a purpose. Raises `ApiError` (400) for an unknown `after`."""
        await self._remove_what_is_over()
        where = [] if purpose is None else [StoredFile.purpose == purpose]
        async with self._database.read() as work:
            return await kept_page(work, StoredFile, self._tenant, cut, self._alive(), *where)

    async def get(self, id_: str) -> StoredFile:
        """One of them. Raises `ApiError` (404)."""
        await self._remove_what_is_over()
        async with self._database.read() as work:
            row = await work.scalar(select(StoredFile).where(*self._one(id_)))
        if row is None:
            raise _unknown(id_)
        return row

    async def open(self, id_: str) -> tuple[StoredFile, Content]:
        """One of them, and its content, which the caller closes. Raises `ApiError` (404)."""
        row = await self.get(id_)
        try:
            return row, await self._contents.open(row.content)
        except FileNotFoundError:
            raise _unknown(id_) from None  # Deleted meanwhile.

    async def delete(self, id_: str) -> None:
        """Deletes one, its content too. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            content = await work.scalar(delete(StoredFile).where(*self._one(id_)).returning(StoredFile.content))
            if content is not None:
                await announce(work, self._tenant, "file.deleted", {"id": id_}, self._now)
        if content is None:
            raise _unknown(id_)
        await self._contents.remove([content])

    def _one(self, id_: str) -> tuple[ColumnElement[bool], ...]:
        return StoredFile.tenant == self._tenant, StoredFile.id == id_, self._alive()

    def _alive(self) -> ColumnElement[bool]:
        return or_(StoredFile.expires_at.is_(None), StoredFile.expires_at > self._now)

    async def _remove_what_is_over(self) -> None:
        await remove_expired(self._database, self._contents, self._now)


def file_of(written: Written, tenant: str, filename: str, purpose: str, now: int, seconds: int | None) -> StoredFile:
    """A tenant's file of so many seconds, None for one that stays, with a content that is durable; not yet kept."""
    expires_at = None if seconds is None else now + seconds
    id_ = new_id("file-")
    return StoredFile(
        id=id_,
        tenant=tenant,
        created_at=now,
        purpose=purpose,
        expires_at=expires_at,
        content=written.name,
        digest=written.digest,
        document={
            "id": id_,
            "object": "file",
            "bytes": written.size,
            "created_at": now,
            "expires_at": expires_at,
            "filename": filename,
            "purpose": purpose,
            "status": "processed",
        },
    )


async def tidy(database: Database, contents: Contents, now: int) -> None:
    """Removes what is over, and what uploads left behind that ended with their server."""
    await remove_expired(database, contents, now)
    await contents.forget()


async def remove_expired(database: Database, contents: Contents, now: int) -> None:
    """Removes files of all tenants whose time is over, at most so many that nobody waits long for it."""
    over = select(StoredFile.id).where(StoredFile.expires_at <= now).limit(_AT_ONCE)
    async with database.read() as work:
        ids = list(await work.scalars(over))
    if ids:
        async with database.write() as work:
            told = StoredFile.tenant, StoredFile.id, StoredFile.content
            gone = (await work.execute(delete(StoredFile).where(StoredFile.id.in_(ids)).returning(*told))).all()
            for tenant, id_, _ in gone:
                await announce(work, tenant, "file.deleted", {"id": id_}, now)
        await contents.remove([content for _, _, content in gone])


def _unknown(id_: str) -> ApiError:
    return ApiError(404, "not_found", f"There is no file {id_!r}.", param="file_id")
