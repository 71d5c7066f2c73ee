"""How an answer of the document reads in lines: its status, its text, the moments of its stream. No markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirecheck.report.excerpt import CUT, cut

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
    return [*headers, "", *response["body"].split("\n")]


def lines(evidence: Evidence, first: int = 40, last: int = 0, wide: int = 300) -> list[str]:
    """The moments of a stream, one a line, at most `first` and `last` of them, and when its body ended."""
    timeline = evidence["timeline"]
    omitted = 0
    head: list[str] = []
    tail: list[str] = []
    for place, each in enumerate(timeline):
        if place >= first and place < len(timeline) - last:
            omitted += each.get("omitted", 1)
            continue
        if "omitted" in each:
            omitted += each["omitted"]
            continue
        (tail if place >= first or omitted else head).append(cut(f"{_at(each['at'])}  {each['event']}", wide))
    gap = [f"{CUT:>10}  {omitted} more"] if omitted else []
    end = evidence["response"]
    how = "the body ends" if end["end"] == "complete" else f"{end['end']}: {end['error']}".rstrip(": ")
    return [*head, *gap, *tail, f"{_at(end['seconds'])}  ({how})"]


def _at(seconds: float | None) -> str:
    return f"{'?':>8} s" if seconds is None else f"{seconds:>+8.3f} s"


def _clock(seconds: float | None) -> str:
    return "unknown time" if seconds is None else f"{seconds:.3f} s"
