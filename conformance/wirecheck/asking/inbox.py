"""An address of the run that servers send to, what came there and what is answered. No I/O."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Request

# So many requests are kept of one address: who sends more without end fills no memory.
MOST: Final = 1000


@dataclass(frozen=True)
class Reply:
    """What a request is answered with, without a body."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Inbox:
    """An address that nobody else knows, and what came there, in order.

    The requests that come get `replies` one after the other, the last of them again and again.
    """

    url: str
    replies: deque[Reply] = field(default_factory=lambda: deque([Reply()]))
    arrivals: list[Arrival] = field(default_factory=list)

    def answer(self, *replies: Reply) -> None:
        """Says what is answered from now on."""
        self.replies = deque(replies)

    def take(self, request: Request, at: float, moment: float) -> Reply:
        """Keeps a request that came, and tells what it is answered with."""
        reply = self.replies[0] if len(self.replies) == 1 else self.replies.popleft()
        if len(self.arrivals) < MOST:
            self.arrivals.append(Arrival(request, reply.status, at, moment))
        return reply


class Receiver(Protocol):
    """What hears the server: as many addresses as are wanted."""

    def inbox(self, *replies: Reply) -> Inbox:
        """A new address; what comes there is answered with 200 where nothing else is said."""
        ...

    async def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Waits until `done` says yes (True), asked whenever something came, or the seconds are over (False)."""
        ...
