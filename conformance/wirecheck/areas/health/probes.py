"""The health route, with and without a key."""

from __future__ import annotations

from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import ABSENT, Exchange, Intent
from wirecheck.evidence.unseen import accepts


@probe()
async def health(asker: Asker) -> Exchange:
    """GET /health with the target's key."""
    return await asker.send(Draft("GET", "/health", intent=Intent("", valid=True)))


@probe()
async def open_health(asker: Asker) -> Exchange:
    """GET /health without a key."""
    return await asker.send(Draft("GET", "/health", key=None))


@probe(0, sees=(health,))
async def has_health(asker: Asker) -> bool:
    """Whether there is a health route that says more than a status code."""
    found = await asker.see(health)
    return accepts(found) and found.at("status") is not ABSENT
