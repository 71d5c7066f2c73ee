"""Pages of lists, by cursor: the one place that cuts them. Knows no HTTP, and nothing of what is listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.errors import ApiError, invalid_value
from wirecheck_reference.store.tables.base import Kept

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Kept)


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of a list is asked for: at most `limit` items that come after the one whose id is `after`.

    None: from the start, to the end.
    """

    after: str | None = None
    limit: int | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list. `first_id` and `last_id` are None where it is empty."""

    items: list[Item]
    has_more: bool
    first_id: str | None
    last_id: str | None

    def document(self, show: Callable[[Item], Mapping[str, Any]]) -> dict[str, Any]:
        """The page as clients are shown it, each item by `show`."""
        return {
            "object": "list",
            "data": [show(item) for item in self.items],
            "first_id": self.first_id,
            "last_id": self.last_id,
            "has_more": self.has_more,
        }


def page_of(items: Sequence[Item], key: Callable[[Item], str], cut: Cut) -> Page[Item]:
    """A page of what is in memory, in ascending order. Raises `ApiError` (400) for an `after` that is nobody's id."""
    ordered = list(reversed(items)) if cut.descending else list(items)
    start = 0
    if cut.after is not None:
        ids = [key(item) for item in ordered]
        if cut.after not in ids:
            raise _unknown(cut.after)
        start = ids.index(cut.after) + 1
    return _page(ordered[start:], key, cut)


async def kept_page(
    work: AsyncSession,
    table: type[Row],
    tenant: str,
    cut: Cut,
    *where: ColumnElement[bool],
    within: ColumnElement[bool] | None = None,
) -> Page[Row]:
    """A page of a tenant's things, in the order in which they were made, of which `where` holds.

    `within` says which of several lists it is a page of. It costs the same wherever in the list it is. Raises
    `ApiError` (400) for an `after` that is no id of the tenant's in that list.
    """
    listed = [table.tenant == tenant] if within is None else [table.tenant == tenant, within]
    rows = select(table).where(*listed, *where)
    if cut.after is not None:
        own = select(table.position).where(*listed, table.id == cut.after)
        position = await work.scalar(own)
        if position is None:
            raise _unknown(cut.after)
        rows = rows.where(table.position < position if cut.descending else table.position > position)
    rows = rows.order_by(table.position.desc() if cut.descending else table.position)
    # One more than is shown tells whether there is more.
    found = await work.scalars(rows if cut.limit is None else rows.limit(cut.limit + 1))
    return _page(list(found), lambda row: row.id, cut)


def kept(row: Kept) -> dict[str, Any]:
    """What clients are shown of a thing that is kept."""
    return row.document


def whole(rows: list[Row]) -> Page[Row]:
    """All of these things, on one page."""
    return _page(rows, lambda row: row.id, Cut())


def _page(rest: list[Item], key: Callable[[Item], str], cut: Cut) -> Page[Item]:
    items = rest if cut.limit is None else rest[: cut.limit]
    return Page(
        items=items,
        has_more=len(items) < len(rest),
        first_id=key(items[0]) if items else None,
        last_id=key(items[-1]) if items else None,
    )


def _unknown(after: str) -> ApiError:
    return invalid_value(f"Nothing with the id {after!r} is in this list.", "after")
