"""How batches are made, to be followed as everything is that is kept: they come to nothing, and cost nothing."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.batches.probes import has_batches, idle, make, plain

KEEPINGS = (Keeping("listBatches", has_batches, make, requests=2, sees=(idle, plain), quick=False),)
