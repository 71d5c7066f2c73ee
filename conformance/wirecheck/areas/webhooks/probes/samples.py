"""Samples, and secrets that are changed between events, as the receiver of the run hears them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirecheck.areas.webhooks.probes.deliveries import reached
from wirecheck.areas.webhooks.reading import Heard
from wirecheck.areas.webhooks.steps import SAMPLE, sample, stage
from wirecheck.asking.draft import Draft
from wirecheck.asking.inbox import Reply
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange, Intent

ACCEPTED: Final = 202
"""What a sample is answered with."""


@dataclass(frozen=True)
class Rotated:
    """An endpoint whose secret was changed twice: the one before was kept at first, then not.

    Of each event that was told of, what came first: with the first secret, with the second, with the third.
    """

    made: Exchange
    keeping: Exchange
    dropping: Exchange
    arrivals: tuple[Arrival | None, Arrival | None, Arrival | None]


@dataclass(frozen=True)
class Tested:
    """A sample for one endpoint, and what came to it and to another that wants its type; and `told` to that."""

    answer: Exchange
    told: Exchange
    mine: Heard
    other: Heard


@probe(7, quick=0, sees=(reached,), slow=True)
async def rotated(asker: Asker) -> Rotated:
    """Three events, and a change of the secret between each and the next."""
    await asker.see(reached)
    async with stage(asker) as on:
        place = await on.place(on.type("*"))
        arrivals: list[Arrival | None] = []
        rotations: list[Exchange] = []
        for name, change in (("one", {"keep_old_secret_active_for_24_hours": True}), ("two", {}), ("three", None)):
            told = await on.tell(name)
            await on.until(lambda told=told: place.count(told) > 0)  # type: ignore[misc]  # bound now, not later
            arrivals.append(next(iter(place.heard.of(told)), None))
            if change is not None:
                intent = Intent("", case="the secret before is kept" if change else "the secret before is dropped")
                rotations.append(await asker.send(Draft("POST", f"{place.path}/rotate_secret", change, intent=intent)))
        first, second, third = arrivals
        return Rotated(place.made, rotations[0], rotations[1], (first, second, third))


@probe(6, quick=0, sees=(reached,), slow=True)
async def tested(asker: Asker) -> Tested:
    """A sample for one of two endpoints, and then an event for the other, behind which nothing more is waited for."""
    await asker.see(reached)
    async with stage(asker) as on:
        mine = await on.place(on.type("mine"), replies=(Reply(ACCEPTED),))
        other = await on.place(SAMPLE, on.type("other"))
        answer = await sample(on, mine)
        if answer.status == 200:
            await on.until(lambda: bool(mine.inbox.arrivals))
        told = await on.tell("other")
        await on.until(lambda: other.count(told) > 0)
        return Tested(answer, told, mine.heard, other.heard)
