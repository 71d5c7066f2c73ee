"""Requests that make something, with a key of their own. Sends through another asker alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from wirecheck.asking.draft import Draft
from wirecheck.asking.inbox import Receiver
from wirecheck.asking.probe import Asker, Probe
from wirecheck.asking.target import Target
from wirecheck.contract.operations import IDEMPOTENCY_KEY, operations
from wirecheck.evidence.exchange import Exchange, Intent

T = TypeVar("T")


def takes_key(draft: Draft) -> bool:
    """Whether a request is of an operation that takes a key."""
    operation = operations().of(draft.method, draft.path)
    return operation is not None and any(
        each.where == "header" and each.name.lower() == IDEMPOTENCY_KEY for each in operation.parameters
    )


class Keyed:
    """An asker that puts a key into what takes one, and remembers the last such request."""

    def __init__(self, asker: Asker, key: str, case: str) -> None:
        self._asker = asker
        self._key = key
        self._case = case
        self.sent: Draft | None = None

    @property
    def target(self) -> Target:
        """The server that is judged."""
        return self._asker.target

    @property
    def random(self) -> Random:
        """The run's source of nonces."""
        return self._asker.random

    @property
    def quick(self) -> bool:
        """Whether the run is to be short."""
        return self._asker.quick

    @property
    def thorough(self) -> bool:
        """Whether the run may send what has cost servers their memory."""
        return self._asker.thorough

    def leaves_out(self, probe: Probe[object]) -> bool:
        """Whether the run does not ask for what a probe finds."""
        return self._asker.leaves_out(probe)

    async def send(self, draft: Draft) -> Exchange:
        """Sends it, with the key where it takes one."""
        if takes_key(draft):
            draft = self.sent = keyed(draft, self._key, self._case)
        return await self._asker.send(draft)

    async def see(self, probe: Probe[T]) -> T:
        """What a probe saw in this run."""
        return await self._asker.see(probe)

    async def at_once(self, sends: Sequence[Awaitable[T]]) -> list[T]:
        """The results of sends under way at the same time."""
        return await self._asker.at_once(sends)

    async def until(self, done: Callable[[], Awaitable[bool]], seconds: float) -> bool:
        """Asks `done` until it says yes or the seconds are over."""
        return await self._asker.until(done, seconds)

    async def receiver(self) -> Receiver:
        """What hears the server."""
        return await self._asker.receiver()


def keyed(draft: Draft, key: str, case: str) -> Draft:
    """A request with another key: nothing is said of what is to become of it."""
    return replace(draft, headers={**draft.headers, IDEMPOTENCY_KEY: key}, intent=Intent("", case=case))
