"""`If-None-Match` (RFC 9110 section 13.1.2), where something has an entity tag: what its answers may be. No I/O."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import decision
from wirecheck.judging.requirement import Broken


def breaches(known: Exchange | None, other: Exchange | None) -> Iterator[Broken]:
    """What is wrong in the answers to who names the tag, and to who names another; None: it was not asked."""
    for answer, allowed in ((other, (200,)), (known, (200, 304))):
        if answer is None:
            continue
        if decision(answer).status not in allowed:
            wanted = " or ".join(map(str, allowed))
            yield Broken(f"{answer.intent.case}: {answer.status}; {wanted} is required", answer)
        elif answer.status == 304 and answer.body:
            yield Broken(f"{answer.intent.case}: 304 with {len(answer.body)} bytes", answer)
