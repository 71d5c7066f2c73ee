"""What a probe is: a question asked once a run, with what it costs and what it looks at. No I/O."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from wirecheck.asking.draft import Draft
from wirecheck.asking.inbox import Receiver
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

T = TypeVar("T")

Requests: TypeAlias = int | Callable[[], int]


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

    @property
    def thorough(self) -> bool:
        """Whether the run may send what has cost servers their memory."""
        ...

    def leaves_out(self, probe: Probe[Any]) -> bool:
        """Whether the run does not ask for what a probe finds: its profile judges nothing of it."""
        ...

    async def send(self, draft: Draft) -> Exchange:
        """Sends one request and returns what came back, whatever it is. Raises `Gone` where nothing more is sent."""
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

    async def receiver(self) -> Receiver:
        """What hears the server, where it sends to the run. Raises `Unseen` where nothing can be heard."""
        ...


@dataclass(frozen=True)
class Probe(Generic[T]):
    """A question put to the server once a run; its answer is one exchange or a frozen record of several.

    `requests` is the most that it sends by itself, `quick` the same in a quick run: a function where it depends on the
    contract, which may be extended. `sees` are the probes that it looks at. `slow`: it waits for what takes its time (a
    slow model, many clients), so that it comes late. `rough`: what it sends has brought servers down, so that it comes
    after all others and hides nothing.
    """

    name: str
    ask: Callable[[Asker], Awaitable[T]]
    requests: Requests = 1
    quick: Requests = 1
    sees: tuple[Probe[Any], ...] = ()
    slow: bool = False
    rough: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    def most(self, *, quick: bool) -> int:
        """The most requests that it sends by itself."""
        most = self.quick if quick else self.requests
        return most if isinstance(most, int) else most()


def probe(
    requests: Requests = 1,
    *,
    quick: Requests | None = None,
    sees: tuple[Probe[Any], ...] = (),
    slow: bool = False,
    rough: bool = False,
) -> Callable[[Callable[[Asker], Awaitable[T]]], Probe[T]]:
    """Makes a probe of a function. Its name is its module's (its area's, in a module `probes`) and the function's.

    `quick`: as many as `requests` where it is not given.
    """

    def make(ask: Callable[[Asker], Awaitable[T]]) -> Probe[T]:
        *_, area, module = ask.__module__.split(".")
        room = area if module == "probes" else module
        name = f"{room}.{getattr(ask, '__name__', 'probe')}"
        return Probe(name, ask, requests, requests if quick is None else quick, sees, slow, rough)

    return make


def only_longer(asker: Asker) -> None:
    """For a probe that is no part of a quick run: raises `Unseen` in one."""
    if asker.quick:
        raise Unseen("a quick run does not ask for it")


def closure(probes: Iterable[Probe[Any]]) -> list[Probe[Any]]:
    """The probes and all that they look at, each once, what is looked at first."""
    found: dict[str, Probe[Any]] = {}

    def add(each: Probe[Any]) -> None:
        if each.name not in found:
            for seen in each.sees:
                add(seen)
            found[each.name] = each

    for each in probes:
        add(each)
    return list(found.values())


@probe(0)
async def present(_: Asker) -> bool:
    """Nothing: what every server must have is taken as there."""
    return True
