"""HTTP gone wrong: headers and methods, of every route."""

from __future__ import annotations

from wirecheck_reference.faults.fault import on_headers
from wirecheck_reference.faults.parts import Answer


@on_headers(breaks=("http.request-id",), rows=("HTTP-04",))
def has_no_request_id(answer: Answer) -> None:
    """Answers without `x-request-id`."""
    del answer.headers["x-request-id"]


@on_headers(breaks=("http.process-time",))
def does_not_tell_its_time(answer: Answer) -> None:
    """Answers without `x-process-time`."""
    del answer.headers["x-process-time"]
