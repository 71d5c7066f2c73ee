"""Keys: who may ask."""

from __future__ import annotations

from wirecheck.area import Area, Feature
from wirecheck.areas.auth.probes import has_auth

AREA = Area("keys", features=(Feature("auth", "bearer keys", has_auth),))
