"""Chat completions that are kept. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.idempotency import Also
from wirecheck_reference.store.pages import Cut, Page, kept_page, page_of
from wirecheck_reference.store.tables.stored_completions import StoredCompletion

Document = Mapping[str, Any]
_BESIDE: Final = ("role", "name")


class StoredCompletions:
    """The completions that one tenant keeps; every method is a unit of work."""

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    async def keep(self, answer: Document, request: Document, also: Also | None = None) -> None:
        """Keeps an answer (`ChatCompletion`) with what was asked (`ChatCompletionRequest`), and what `also` does.

        Durable on return.
        """
        labels = dict(request.get("metadata") or {})
        async with self._database.write() as work:
            work.add(
                StoredCompletion(
                    id=answer["id"],
                    tenant=self._tenant,
                    created_at=answer["created"],
                    document={**answer, "metadata": labels},
                    model=answer["model"],
                    labels=labels,
                    messages=list(request["messages"]),
                )
            )
            if also is not None:
                await also(work, to_json(answer))

    async def page(self, cut: Cut, model: str | None, labels: Mapping[str, str] | None) -> Page[StoredCompletion]:
        """A page of those of a model that have all of these labels. Raises `ApiError` (400) for an unknown `after`."""
        where: list[ColumnElement[bool]] = [] if model is None else [StoredCompletion.model == model]
        where += [StoredCompletion.labels[name].as_string() == value for name, value in (labels or {}).items()]
        async with self._database.read() as work:
            return await kept_page(work, StoredCompletion, self._tenant, cut, *where)

    async def get(self, id_: str) -> StoredCompletion:
        """One of them. Raises `ApiError` (404)."""
        async with self._database.read() as work:
            return await self._one(work, id_)

    async def messages(self, id_: str, cut: Cut) -> Page[dict[str, Any]]:
        """A page of what was sent with one, as `StoredMessage`. Raises `ApiError` (404, 400)."""
        row = await self.get(id_)
        shown = [_message(f"{id_}-{place}", message) for place, message in enumerate(row.messages)]
        return page_of(shown, lambda message: str(message["id"]), cut)

    async def label(self, id_: str, labels: Mapping[str, str]) -> StoredCompletion:
        """Puts these labels in the place of those that it has. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            row = await self._one(work, id_)
            row.labels = dict(labels)
            row.document = {**row.document, "metadata": dict(labels)}
            return row

    async def delete(self, id_: str) -> None:
        """Deletes one. Raises `ApiError` (404)."""
        async with self._database.write() as work:
            await work.delete(await self._one(work, id_))

    async def _one(self, work: AsyncSession, id_: str) -> StoredCompletion:
        mine = select(StoredCompletion).where(StoredCompletion.tenant == self._tenant, StoredCompletion.id == id_)
        row = await work.scalar(mine)
        if row is None:
            raise ApiError(404, "not_found", f"There is no stored chat completion {id_!r}.", param="completion_id")
        return row


def _message(id_: str, message: Document) -> dict[str, Any]:
    content = message.get("content")
    return {
        "id": id_,
        **{name: message.get(name) for name in _BESIDE},
        "content": content if isinstance(content, str) else None,
        "content_parts": content if isinstance(content, list) else None,
    }
