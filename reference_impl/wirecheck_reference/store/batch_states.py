"""The states of a batch: which follows which, and when each began. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

FOLLOWING: Final[Mapping[str, frozenset[str]]] = {
    "validating": frozenset({"in_progress", "failed", "cancelling"}),
    "in_progress": frozenset({"finalizing", "expired", "cancelling"}),
    "finalizing": frozenset({"completed", "cancelling"}),
    "cancelling": frozenset({"cancelled"}),
    "completed": frozenset(),
    "failed": frozenset(),
    "expired": frozenset(),
    "cancelled": frozenset(),
}
"""What may follow each state."""

OVER: Final = frozenset(state for state, following in FOLLOWING.items() if not following)
"""The states of a batch of which nothing more is done."""


def moved(document: Mapping[str, Any], status: str, now: int, **fields: Any) -> dict[str, Any]:
    """The document of a batch that comes into a state at a time in whole Unix seconds, with other fields changed too.

    Raises `ValueError` where that does not follow.
    """
    if status not in FOLLOWING[document["status"]]:
        raise ValueError(f"a batch that is {document['status']} does not become {status}")
    return {**document, "status": status, f"{status}_at": now, **fields}
