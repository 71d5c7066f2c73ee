"""Which violations of a requirement say something new, and which say the same of another answer. No markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from wirecheck.judging.verdict import kind

BRIEF: Final = 5
"""So many kinds of violations are shown where not all are asked for."""


def telling(violations: Iterable[Mapping[str, Any]], most: int = BRIEF) -> list[Mapping[str, Any]]:
    """The first of each kind, at most so many: messages that differ only in numbers and ids are of one kind."""
    found: dict[str, Mapping[str, Any]] = {}
    for each in violations:
        found.setdefault(kind(each["message"]), each)
    return list(found.values())[:most]
