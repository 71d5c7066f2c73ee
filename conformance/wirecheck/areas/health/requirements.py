"""The health route: spec/rules/health."""

from __future__ import annotations

from wirecheck.areas.health import probes as health
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Violations, requirement


@requirement("http.health", on=health.health, feature="health")
def tells_its_health(answer: Exchange) -> Violations:
    """`GET /health` SHOULD follow the schema Health."""
    if answer.status not in (200, 503):
        raise Unseen(f"neither healthy nor ill: {answer}")
    for each in shape.breaks(answer, "health"):
        yield str(each)


@requirement("http.health-open", on=health.open_health, feature="health")
def tells_its_health_to_all(answer: Exchange) -> Violations:
    """`GET /health` SHOULD be answered without a key, with 200 or 503."""
    if answer_or_unseen(answer).status not in (200, 503):
        yield f"without a key: {answer.status}"
