"""What evidence is: probes, asked once a run, and pools of the exchanges that a run has seen. No I/O."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Generic, Protocol, TypeVar

from wirecheck.exchange import Exchange, Intent
from wirecheck.target import Target

T = TypeVar("T")


class Unseen(Exception):
    """Nobody saw what a requirement speaks of; the message says why. Never green, never blamed on the server."""


class Gone(Unseen):
    """The server answers no more, or the run's time is spent: nothing more is sent."""


def told(answer: Exchange) -> Exchange:
    """The answer, where it is one to what was asked.

    Raises `Unseen` where none came, which another sentence judges, and where it only says: come again later.
    """
    if answer.status is None or answer.status == 429:
        raise Unseen(f"no answer to what was asked: {answer}")
    return answer


class Asker(Protocol):
    """What a probe may do: send requests to the target, and look at what other probes saw."""

    @property
    def target(self) -> Target:
        """The server that is judged, and what is known of it."""
        ...

    @property
    def random(self) -> Random:
        """The run's source of nonces, seeded."""
        ...

    @property
    def quick(self) -> bool:
        """Whether the run is to be short: only the part of a set that says so."""
        ...

    async def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = "",
        intent: Intent | None = None,
        leave_after: int | None = None,
    ) -> Exchange:
        """Sends one request to a path of the contract and returns what came back, whatever it is.

        `json` is encoded; `body` goes as it is. `key`: "" for the target's own, None for none, else that one.
        `leave_after`: close the connection after that many bytes of the answer.
        """
        ...

    async def see(self, probe: Probe[T]) -> T:
        """What a probe saw in this run; it is asked now if nobody asked it before. Raises `Unseen` as it did."""
        ...

    async def at_once(self, sends: Sequence[Awaitable[T]]) -> list[T]:
        """The results of sends under way at the same time."""
        ...

    async def until(self, done: Callable[[], Awaitable[bool]], seconds: float) -> bool:
        """Asks `done` again and again until it says yes (True) or the seconds are over (False)."""
        ...


@dataclass(frozen=True)
class Probe(Generic[T]):
    """A question put to the server once a run; its answer is one exchange or a frozen record of several.

    `rough`: what it sends has brought servers down, so that it comes after all others and hides nothing.
    """

    name: str
    ask: Callable[[Asker], Awaitable[T]]
    rough: bool = False

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True)
class Pool:
    """The exchanges of a run that a sentence speaks of: `name` completes "no ... was seen".

    `fed_by` are the probes that bring such exchanges about, where nothing else in a run does.
    """

    name: str
    holds: Callable[[Exchange], bool]
    fed_by: tuple[Probe[Any], ...] = ()


def probe(ask: Callable[[Asker], Awaitable[T]]) -> Probe[T]:
    """Makes a probe of a function; its name is the module's and the function's."""
    module = ask.__module__.rpartition(".")[2]
    return Probe(f"{module}.{getattr(ask, '__name__', 'probe')}", ask)


def rough_probe(ask: Callable[[Asker], Awaitable[T]]) -> Probe[T]:
    """A probe that sends what has brought servers down."""
    return replace(probe(ask), rough=True)
