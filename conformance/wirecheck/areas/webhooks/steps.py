"""The steps of webhooks: an endpoint that leads to the run, an event, what comes of it. All is deleted again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from wirecheck.areas.events.asking import id_of, tell
from wirecheck.areas.files.asking import nonce
from wirecheck.areas.webhooks.asking import create, path_of
from wirecheck.areas.webhooks.reading import Heard, arrived
from wirecheck.asking.draft import OWN, Draft
from wirecheck.asking.ending import ending
from wirecheck.asking.inbox import Inbox, Receiver, Reply
from wirecheck.asking.listening import is_here
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone, Unseen

PATIENCE: Final = 30
"""Seconds within which a delivery is attempted, and attempted again, where the owner does not say it."""

SETTING: Final = "webhook_retry_seconds"

SAMPLE: Final = "batch.completed"
"""The type of the samples that are asked for: one that OpenAI's API has too."""


def patience(asker: Asker) -> int:
    """Seconds within which a delivery is attempted, and attempted again."""
    said = asker.target.owner.get(SETTING, PATIENCE)
    return said if isinstance(said, int) else PATIENCE


@dataclass(frozen=True)
class Place:
    """An endpoint of the run's, and the address that it leads to."""

    made: Exchange
    inbox: Inbox
    key: str | None = OWN

    @property
    def path(self) -> str:
        """Its path."""
        return path_of(self.made) or ""

    @property
    def heard(self) -> Heard:
        """It with what came there so far."""
        return Heard(self.made, tuple(self.inbox.arrivals))

    def count(self, told: Exchange) -> int:
        """How often an event came there so far."""
        return len(arrived(self.inbox.arrivals, told))


@dataclass
class Stage:
    """The endpoints of a probe, and the word with which the types of its events begin."""

    asker: Asker
    receiver: Receiver
    word: str
    places: list[Place] = field(default_factory=list)

    def type(self, name: str) -> str:
        """A type of events that nobody else tells of."""
        return f"wirecheck-{self.word}.{name}"

    async def place(self, *types: str, replies: tuple[Reply, ...] = (), key: str | None = OWN) -> Place:
        """A new endpoint for events of these types. Raises `Unseen` where it is not taken."""
        inbox = self.receiver.inbox(*replies)
        fields: dict[str, Any] = {"name": "wirecheck", "event_types": list(types)}
        made = await self.asker.send(create(inbox.url, "an endpoint that leads to the run", key, **fields))
        if path_of(made) is None:
            why = "--webhook-url says where the server finds the run, if it sends nothing to this address"
            raise Unseen(f"no endpoint is taken at {inbox.url}: {made} ({why})")
        place = Place(made, inbox, key)
        self.places.append(place)
        return place

    def telling(self, name: str, event_id: str | None = None) -> Draft:
        """The request that tells of an event."""
        data = {"order": self.word, "words": "naïve 日本語"}
        return tell(self.type(name), data, "an event that is to be delivered", event_id)

    async def tell(self, name: str, event_id: str | None = None) -> Exchange:
        """Tells of an event. Raises `Unseen` where it is not taken."""
        told = await self.asker.send(self.telling(name, event_id))
        if id_of(told) is None:
            raise Unseen(f"no event can be told of: {told}")
        return told

    async def until(self, done: Callable[[], bool], times: float = 1, more: float = 0) -> bool:
        """Waits until it is so, for so many pauses of the server and some seconds more."""
        return await self.receiver.until(done, times * patience(self.asker) + more)

    async def end(self, place: Place) -> Exchange:
        """Deletes an endpoint."""
        return await self.asker.send(ending(place.path, place.key))


@asynccontextmanager
async def stage(asker: Asker) -> AsyncIterator[Stage]:
    """A stage whose endpoints are deleted with the block. Raises `Unseen` where nothing can be heard."""
    here = is_here(asker.target.api)
    if not here and not asker.target.listening.chosen:
        raise Unseen("the server is not on this machine: --webhook-url says where it finds the run")
    made = Stage(asker, await asker.receiver(), nonce(asker))
    try:
        yield made
    finally:
        try:
            for place in made.places:
                await made.end(place)
        except Gone:
            pass  # nothing more is sent


async def sample(on: Stage, place: Place) -> Exchange:
    """The answer to who has a sample sent to an endpoint."""
    intent = Intent("", case="a sample is asked for")
    return await on.asker.send(Draft("POST", f"{place.path}/test", {"event_type": SAMPLE}, intent=intent))
