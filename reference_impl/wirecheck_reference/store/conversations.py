"""Conversations that are kept, with their items. Knows no HTTP, and nothing of what an item says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError
from wirecheck_reference.ids import new_id
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.pages import Cut, Page, kept, kept_page, whole
from wirecheck_reference.store.tables.conversations import StoredConversation, StoredItem

Document = Mapping[str, Any]

# What ids begin with, by the types of items.
_PREFIXES: Final = {"message": "msg_", "function_call": "fc_", "function_call_output": "fco_", "reasoning": "rs_"}


class Conversations:
    """The conversations that one tenant keeps, at a time in whole Unix seconds; every method is a unit of work."""

    def __init__(self, database: Database, tenant: str, now: int) -> None:
        self._database = database
        self._tenant = tenant
        self._now = now

    async def begin(
        self, items: Iterable[Document], labels: Mapping[str, str], also: Also | None = None
    ) -> StoredConversation:
        """A new one with these items, which have no ids yet, with what `also` does."""
        id_ = new_id("conv_")
        row = StoredConversation(
            id=id_,
            tenant=self._tenant,
            created_at=self._now,
            document={"id": id_, "object": "conversation", "created_at": self._now, "metadata": dict(labels)},
        )
        async with self._database.write() as work:
            work.add(row)
            await work.flush()
            work.add_all(self._rows(id_, items))
            if also is not None:
                await also(work, to_json(row.document))
        return row

    async def page(self, cut: Cut) -> Page[StoredConversation]:
        """A page of them. Raises `ApiError` (400) for an unknown `after`."""
        async with self._database.read() as work:
            return await kept_page(work, StoredConversation, self._tenant, cut)

    async def get(self, id_: str) -> StoredConversation:
        """One of them. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            return await self._one(work, id_)

    async def label(self, id_: str, labels: Mapping[str, str]) -> StoredConversation:
        """Puts these labels in the place of those that it has. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            row = await self._one(work, id_)
            row.document = {**row.document, "metadata": dict(labels)}
            return row

    async def delete(self, id_: str) -> None:
        """Deletes one, its items too. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            await self._one(work, id_)
            await work.execute(delete(StoredConversation).where(StoredConversation.id == id_))

    async def add(self, id_: str, items: Iterable[Document], also: Also | None = None) -> Page[StoredItem]:
        """Adds items, which have no ids yet, behind those of one, with what `also` does. Raises `ApiError` (404)."""
        rows = self._rows(id_, items)
        added = whole(rows)
        async with self._database.write() as work:
            await self._one(work, id_)
            # One statement gives them their positions, in the order of the rows.
            work.add_all(rows)
            if also is not None:
                await also(work, to_json(added.document(kept)))
        return added

    async def items(self, id_: str, cut: Cut) -> Page[StoredItem]:
        """A page of the items of one. Raises `ApiError` (404, 400)."""
        async with self._database.read() as work:
            await self._one(work, id_)
            return await kept_page(work, StoredItem, self._tenant, cut, within=StoredItem.conversation == id_)

    async def messages(self, id_: str, cut: Cut, role: str | None) -> Page[StoredItem]:
        """A page of those items of one that are messages, of one role or of all. Raises `ApiError` (404, 400)."""
        where = [StoredItem.type == "message"] + ([] if role is None else [StoredItem.role == role])
        async with self._database.read() as work:
            await self._one(work, id_)
            return await kept_page(work, StoredItem, self._tenant, cut, *where, within=StoredItem.conversation == id_)

    async def item(self, id_: str, item_id: str) -> StoredItem:
        """An item of one. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            await self._one(work, id_)
            return await self._item(work, id_, item_id)

    async def delete_item(self, id_: str, item_id: str) -> StoredConversation:
        """Deletes an item of one, which is given back. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            row = await self._one(work, id_)
            await work.delete(await self._item(work, id_, item_id))
            return row

    def _rows(self, id_: str, items: Iterable[Document]) -> list[StoredItem]:
        rows = []
        for each in items:
            item_id = new_id(_PREFIXES[each["type"]])
            rows.append(
                StoredItem(
                    id=item_id,
                    tenant=self._tenant,
                    created_at=self._now,
                    document={"id": item_id, **each},
                    conversation=id_,
                    type=each["type"],
                    role=each.get("role"),
                )
            )
        return rows

    async def _one(self, work: AsyncSession, id_: str) -> StoredConversation:
        mine = select(StoredConversation).where(StoredConversation.tenant == self._tenant, StoredConversation.id == id_)
        row = await work.scalar(mine)
        if row is None:
            raise ApiError(404, "not_found", f"There is no conversation {id_!r}.", param="conversation_id")
        return row

    async def _item(self, work: AsyncSession, id_: str, item_id: str) -> StoredItem:
        inside = select(StoredItem).where(StoredItem.conversation == id_, StoredItem.id == item_id)
        row = await work.scalar(inside)
        if row is None:
            raise ApiError(404, "not_found", f"There is no item {item_id!r} in this conversation.", param="item_id")
        return row
