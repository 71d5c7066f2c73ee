"""Which violations of a requirement say something new, and which say the same of another answer. No markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

# What differs from answer to answer: ids, times, counts.
_OWN: Final = re.compile(r"[0-9a-f]*\d[0-9a-f]*", re.IGNORECASE)


def telling(violations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first of each kind: messages that differ only in numbers and ids are of one kind."""
    found: dict[str, Mapping[str, Any]] = {}
    for each in violations:
        found.setdefault(_OWN.sub("0", each["message"]), each)
    return list(found.values())
