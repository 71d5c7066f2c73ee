"""Stored chat completions."""

from __future__ import annotations

from wirecheck.area import Area, Feature
from wirecheck.areas.stored.probes import has_stored, kept_by

AREA = Area(
    "stored chat completions",
    features=(Feature("stored", "chat completions that are kept", has_stored),),
    keeps=kept_by,
)
