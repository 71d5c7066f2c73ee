"""What became of a client's call on a fault, beside the same call on the right server. Sends nothing.

What a driver tells is `{"returned": ...}`, `{"raised": ...}`, or `{"hangs": true}` where nothing came in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wirecheck.impact import Outcome

Told = Mapping[str, Any]

_KIND: Final = ("class", "status")
_LATE: Final = re.compile(r"time-?out|timed out|no answer in time", re.IGNORECASE)
# How long is left of a limit says when a call was made.
_SECONDS: Final = re.compile(r"\b\d+ seconds?\b")


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of a JSON value with their paths, an empty list or object being one."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for name, each in inner:
        found = True
        yield from flat(each, f"{path}/{name}")
    if not found:
        yield path, _SECONDS.sub("N seconds", value) if isinstance(value, str) else value


def unstable(first: Told, second: Told) -> frozenset[str]:
    """The paths at which the right server was not seen to give the same twice."""
    one, other = dict(flat(first)), dict(flat(second))
    return frozenset(path for path in one.keys() | other.keys() if one.get(path, path) != other.get(path, path))


def usable(told: Told) -> bool:
    """Whether the right server gave the client something to compare with."""
    return not _hangs(told)


def judged(right: Told, found: Told, ignored: frozenset[str] = frozenset()) -> Outcome:
    """What a call came to, where `right` is what it gives on the right server but for the paths that are ignored."""
    if _hangs(found):
        return "hangs"
    if "returned" in found:
        return "fine" if _same(right, found, ignored) else "silently wrong"
    if "returned" in right or any(right["raised"].get(name) != found["raised"].get(name) for name in _KIND):
        return "raises"
    return "fine" if _same(right, found, ignored) else "wrong error"


def said(found: Told) -> str:
    """A line on what was told, for whoever looks into an outcome."""
    if "raised" in found:
        return f"{found['raised'].get('class')}: {found['raised'].get('message')}"
    return str(found.get("returned", "no answer in time"))


def _hangs(told: Told) -> bool:
    if "raised" in told:
        return bool(_LATE.search(f"{told['raised'].get('class')} {told['raised'].get('message')}"))
    return bool(told.get("hangs"))


def _same(right: Told, found: Told, ignored: frozenset[str]) -> bool:
    one, other = dict(flat(right)), dict(flat(found))
    return all(
        one.get(path, path) == other.get(path, path) for path in one.keys() | other.keys() if path not in ignored
    )
