"""Pages of lists, by cursor: the one place that cuts them. Knows no HTTP, and nothing of what is listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from wirecheck_reference.errors import invalid_value

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list. `first_id` and `last_id` are None where it is empty; `total` counts the whole list."""

    items: list[Item]
    has_more: bool
    first_id: str | None
    last_id: str | None
    total: int


def page_of(
    items: Sequence[Item],
    key: Callable[[Item], str],
    *,
    after: str | None = None,
    limit: int | None = None,
    descending: bool = False,
) -> Page[Item]:
    """At most `limit` items that come after the one whose id is `after`; None: from the start, to the end.

    `items` are in ascending order. Raises `ApiError` (400) for an `after` that is nobody's id.
    """
    ordered = list(reversed(items)) if descending else list(items)
    start = 0
    if after is not None:
        ids = [key(item) for item in ordered]
        if after not in ids:
            raise invalid_value(f"Nothing with the id {after!r} is in this list.", "after")
        start = ids.index(after) + 1
    page = ordered[start:] if limit is None else ordered[start : start + limit]
    return Page(
        items=page,
        has_more=start + len(page) < len(ordered),
        first_id=key(page[0]) if page else None,
        last_id=key(page[-1]) if page else None,
        total=len(ordered),
    )
