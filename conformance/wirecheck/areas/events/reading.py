"""Events as lists show them. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from wirecheck.evidence.exchange import Exchange, at, items

BATCH_ENDS: Final = ("batch.completed", "batch.failed", "batch.expired", "batch.cancelled")
FILE_ENDS: Final = ("file.created", "file.deleted")


def shown(*pages: Exchange | None) -> list[Any]:
    """The entries of some pages that came."""
    return [each for page in pages if page is not None and page.status == 200 for each in items(page.json, "data")]


def about(entries: Iterable[Any], id_: str) -> list[Any]:
    """Those of the events whose `data` names a thing."""
    return [each for each in entries if at(each, "data", "id") == id_]
