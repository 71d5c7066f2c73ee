"""How a stored chat completion is made."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.chat.asking import STEADY, repeat, send
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.stored.probes import has_stored
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange


async def _make(asker: Asker, _: str, number: int) -> Exchange:
    """Asked once, whatever the model says: an answer that refuses to talk is kept, too, and would be one too many."""
    asked = {**STEADY, "store": True, "metadata": {"wirecheck": f"thing {number}"}}
    return await send(asker, repeat(f"thing {number}"), dialect(asker.target).of(asked))


KEEPINGS = (Keeping("listStoredCompletions", has_stored, _make),)
