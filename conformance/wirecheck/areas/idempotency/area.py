"""Idempotency: requests with an `Idempotency-Key` that are sent again."""

from __future__ import annotations

from wirecheck.area import Area, Feature
from wirecheck.areas.idempotency.probes import has_idempotency

AREA = Area(
    "idempotency",
    features=(Feature("idempotency", "requests that make one thing for one key", has_idempotency, collections=True),),
)
