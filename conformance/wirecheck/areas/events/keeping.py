"""How events are told of, to be followed as everything is that is kept: nobody hears of them."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.events.probes import has_events, make

KEEPINGS = (Keeping("listEvents", has_events, make, quick=False),)
