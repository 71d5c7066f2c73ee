"""How a stored chat completion is made."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.stored.probes import has_stored, store_once
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange


async def _make(asker: Asker, _: str, number: int) -> Exchange:
    return await store_once(asker, f"thing {number}", metadata={"wirecheck": f"thing {number}"})


KEEPINGS = (Keeping("listStoredCompletions", has_stored, _make),)
