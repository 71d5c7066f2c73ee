"""The health route gone wrong."""

from __future__ import annotations

from wirecheck_reference.faults.kinds.fault import on_answer, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


@on_answer(at="getHealth", breaks=("http.health",))
def feels_fine(answer: Answer) -> None:
    """Tells its health in words of its own."""
    if answer.status == 200:
        answer.document = {**answer.document, "status": "fine, thanks"}


@on_request(at="getHealth", breaks=("http.health-open",))
def guards_its_health(request: Request) -> None:
    """Tells its health only to those with a key."""
    if "authorization" not in request.headers and request.keys:
        request.path = "/v1/models"
