"""What chats cost, beside the price that their model tells."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.probes.chat import sync
from wirecheck.areas.chat.probes.streaming import counted
from wirecheck.areas.models.probes import one
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange


@dataclass(frozen=True)
class Charged:
    """The object of a model, and answers of it: without a stream, and as a stream with its usage."""

    model: Exchange
    answers: tuple[Exchange, ...]


@probe(0, sees=(one, sync, counted))
async def charged(asker: Asker) -> Charged:
    """The model that the run talks to, and the same chat with it without a stream and as one."""
    return Charged(await asker.see(one), (await asker.see(sync), await asker.see(counted)))
