"""Rate limits gone wrong."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.fault import on_error, on_headers
from wirecheck_reference.faults.parts import Answer


@on_error(breaks=("limits.status",), rows=("RAT-02",))
def forbids_what_is_too_much(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses with 403 where a limit is spent."""
    if answer.status == 429:
        answer.status, envelope["error"]["type"] = 403, "permission_error"


@on_headers(breaks=("limits.retry-after",), rows=("RAT-01",))
def does_not_say_when_to_come_back(answer: Answer) -> None:
    """Sends 429 without `Retry-After`."""
    answer.headers.pop("retry-after", None)


@on_headers(breaks=("limits.headers",), rows=("RAT-03",))
def keeps_limits_from_streams(answer: Answer) -> None:
    """Leaves the x-ratelimit headers out of streams."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        for name in [each for each in answer.headers if each.startswith("x-ratelimit-")]:
            del answer.headers[name]


@on_headers(breaks=("limits.remaining",))
def never_counts_down(answer: Answer) -> None:
    """Says that one request remains, whatever remains."""
    if "x-ratelimit-remaining-requests" in answer.headers:
        answer.headers["x-ratelimit-remaining-requests"] = "1"
