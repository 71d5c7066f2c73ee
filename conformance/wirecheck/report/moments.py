"""How an answer of the document reads in lines: its status, its text, the moments of its stream. No markup."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from wirecheck.report.excerpt import CUT, cut

_FIELD: Final = "data: "
_CONTEXT: Final = 36

Evidence = Mapping[str, Any]


def answered(response: Evidence) -> str:
    """One line: the status, the size, the time, and how the answer ended where it did not end well."""
    if response["status"] is None:
        return f"no answer after {_clock(response['seconds'])}: {response['error'] or response['end']}"
    line = f"{response['status']}, {response['body_bytes']} bytes in {_clock(response['seconds'])}"
    if response["end"] == "complete":
        return line
    return f"{line}, {response['end']}" + (f": {response['error']}" if response["error"] else "")


def answer_lines(response: Evidence) -> list[str]:
    """The headers and the body, as the document shows them."""
    if response["status"] is None:
        return []
    headers = [f"{name}: {value}" for name, value in response["headers"]]
    return [*headers, "", *response["body"].strip("\n").split("\n")]


def lines(evidence: Evidence, first: int = 40, last: int = 0, wide: int = 400) -> list[str]:
    """The moments of a stream, one a line, at most `first` and `last` of them, and when its body ended."""
    timeline = evidence["timeline"]
    omitted = 0
    before = ""
    head: list[str] = []
    tail: list[str] = []
    for place, each in enumerate(timeline):
        if place >= first and place < len(timeline) - last:
            omitted += each.get("omitted", 1)
            continue
        if "omitted" in each:
            omitted += each["omitted"]
            continue
        line = f"{_at(each['at'])}  {_new(each['event'], before, wide - 12)}"
        (tail if place >= first or omitted else head).append(cut(line, wide))
        before = each["event"]
    gap = [f"{CUT:>10}  {omitted} more"] if omitted else []
    end = evidence["response"]
    how = "the body ends" if end["end"] == "complete" else f"{end['end']}: {end['error']}".rstrip(": ")
    return [*head, *gap, *tail, f"{_at(end['seconds'])}  ({how})"]


def _new(event: str, before: str, wide: int) -> str:
    """Of an event too wide, what the one before did not say: chunks begin alike, and differ at their end."""
    same = len(os.path.commonprefix([event, before]))  # noqa: RUF071 - characters are what is wanted: no paths
    if len(event) <= wide or same <= _CONTEXT + len(_FIELD):
        return event
    return f"{_FIELD}{CUT}{event[same - _CONTEXT :]}"


def _at(seconds: float | None) -> str:
    return f"{'?':>8} s" if seconds is None else f"{seconds:>+8.3f} s"


def _clock(seconds: float | None) -> str:
    return "unknown time" if seconds is None else f"{seconds:.3f} s"
