"""Conditions and ranges of a request (RFC 9110 sections 13 and 14): what of a representation is to be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound

_TAG: Final = re.compile(r'(?:W/)?"[^"]*"')
_RANGE: Final = re.compile(r"bytes *= *([0-9]*) *- *([0-9]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """Bytes `start` to `end` (which is not one of them) with a status: 200 all, 206 a part, 304 none."""

    status: int
    start: int
    end: int


def selected(inbound: Inbound, method: str, size: int, tag: str) -> Selection:
    """What is to be sent of so many bytes, whose strong entity tag (with its quotes) is `tag`.

    What cannot be read as one range, or is asked of another content, gets all. Raises `ApiError`: 412 where the caller
    wants another content, 416 for a range behind the end.
    """
    wanted = inbound.header(b"if-match")
    if wanted and wanted.strip() != "*" and tag not in _TAG.findall(wanted):
        raise ApiError(412, "precondition_failed", "The content is not the one that If-Match names.")
    if is_known(inbound, tag):
        return Selection(304, 0, 0)
    condition = inbound.header(b"if-range").strip()
    found = _RANGE.fullmatch(inbound.header(b"range").strip())
    # Section 14.2: ranges are defined for GET alone. A date is of no content: none is told.
    if method != "GET" or found is None or not any(found.groups()) or (condition and condition != tag):
        return Selection(200, 0, size)
    return _part(found[1], found[2], size)


def is_known(inbound: Inbound, tag: str) -> bool:
    """Whether the caller has what the strong entity tag `tag` is of: `If-None-Match` names it."""
    known = inbound.header(b"if-none-match")
    # Weak comparison (section 8.8.3.2): the mark of a weak tag counts for nothing.
    return known.strip() == "*" or tag in [each.removeprefix("W/") for each in _TAG.findall(known)]


def _part(first: str, last: str, size: int) -> Selection:
    whole = Selection(200, 0, size)
    # Longer numbers than any size are as good as the size, and cost more to read.
    start, end = _number(first), _number(last)
    if start is None:
        length = min(end or 0, size)
        start, end = size - length, size - 1
        if not length:
            raise _unsatisfiable(size)
    elif end is not None and end < start:
        return whole  # Section 14.1.1: invalid, and so ignored.
    if start >= size:
        raise _unsatisfiable(size)
    return Selection(206, start, size if end is None else min(end + 1, size))


def _number(digits: str) -> int | None:
    return int(digits[:19]) if digits else None


def _unsatisfiable(size: int) -> ApiError:
    message = f"The content has {size} bytes."
    return ApiError(416, "range_not_satisfiable", message, headers={"Content-Range": f"bytes */{size}"})
