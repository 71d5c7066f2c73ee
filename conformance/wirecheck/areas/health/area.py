"""Whether the server can do its work."""

from __future__ import annotations

from wirecheck.area import Area, Claim, Feature
from wirecheck.areas.health.probes import has_health

AREA = Area(
    "health",
    features=(Feature("health", "a health route whose JSON tells a status", has_health),),
    claims=(Claim("Health", r".*", "health"),),
)
