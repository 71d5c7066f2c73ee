"""An answer as it comes in: its bytes, when each came, what they say, and when it must have ended. No I/O."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Final

from wirecheck.asking.draft import Ends
from wirecheck.evidence.coding import Decoder, NotCoded, decoder
from wirecheck.evidence.exchange import Chunk, End

LARGEST_ANSWER: Final = 2 * 2**20
_LOST: Final = "the connection was lost"

# A client that leaves before the first byte has waited so many seconds for it.
_IMPATIENCE: Final = 0.2

# So many bytes before the newest are shown to who tells when an answer has ended.
_TAIL: Final = 64


class Left(Exception):
    """The client has left before it read anything."""


@dataclass
class Answer:
    """An answer as it comes in. `fresh`: over a connection that was opened for it; `leaves`: its client reads nothing.

    `deadline`, on the monotonic clock, is when it must have ended, once `ends` has said so.
    """

    began: float
    ends: Ends | None = None
    fresh: bool = False
    leaves: bool = False
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    chunks: list[Chunk] = field(default_factory=list)
    size: int = 0
    tail: bytes = b""
    deadline: float | None = None
    decoder: Decoder | None = None
    not_coded: str = ""

    def begin(self, status: int, headers: tuple[tuple[str, str], ...]) -> None:
        """Status and headers are there."""
        self.status, self.headers = status, headers
        label = next((value for name, value in headers if name.lower() == "content-encoding"), None)
        try:
            self.decoder = decoder(label, LARGEST_ANSWER + 1)
        except NotCoded as fault:
            self.not_coded = str(fault)

    def _decoded(self, data: bytes) -> bytes:
        """What the bytes say; from the first on that are not coded as their label says, they stay as they are."""
        try:
            return data if self.decoder is None else self.decoder.take(data)
        except NotCoded as fault:
            self.decoder, self.not_coded = None, str(fault)
            return data

    def end(self) -> None:
        """Nothing follows."""
        try:
            if self.decoder is not None:
                self.decoder.end()
        except NotCoded as fault:
            self.not_coded = str(fault)

    def take(self, data: bytes) -> None:
        """The next bytes of the body are there."""
        now = time.monotonic()
        data = self._decoded(data)
        self.chunks.append(Chunk(now - self.began, data))
        self.size += len(data)
        if self.ends is None:
            return
        seen = self.tail + data
        self.tail = seen[-_TAIL:]
        seconds = self.ends(seen)
        if seconds is not None:
            self.deadline = now + seconds if self.deadline is None else min(self.deadline, now + seconds)

    def lost(self, error: Exception) -> tuple[End, str]:
        """How it ended where the connection did not hold."""
        return "broken" if self.status is not None else "lost", f"{type(error).__name__}: {str(error) or _LOST}"

    async def trace(self, event: str, _: Any) -> None:
        """What the HTTP library tells of the connection. Raises `Left` once a client that leaves has asked."""
        self.fresh = self.fresh or event.startswith("connection.")
        if self.leaves and event.endswith("receive_response_headers.started"):
            await asyncio.sleep(_IMPATIENCE)
            raise Left
