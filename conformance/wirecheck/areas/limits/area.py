"""Rate limits: how often a key may ask."""

from __future__ import annotations

from wirecheck.area import Area, Feature, Setting
from wirecheck.areas.limits.probes import has_limits

AREA = Area(
    "rate limits",
    features=(Feature("rate_limits", "a key with a small limit, named by the owner", has_limits),),
    settings=(Setting("limited_key", "key", "the variable that holds a key with a small rate limit"),),
)
