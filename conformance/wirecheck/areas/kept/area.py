"""Things that are kept: what holds for every collection of the contract."""

from __future__ import annotations

from wirecheck.area import Area, Feature, Setting
from wirecheck.areas.kept.probes import has_kept, has_tenants

AREA = Area(
    "things that are kept",
    features=(
        Feature("kept", "things that are made, listed and deleted", has_kept, collections=True),
        Feature("tenants", "callers that keep things apart from each other", has_tenants, collections=True),
    ),
    settings=(Setting("other_key", "key", "the variable that holds a key of another tenant"),),
)
