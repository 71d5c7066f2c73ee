"""A request as a probe wants it, before address and key are put in, and when its answer has ended. No I/O."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wirecheck.evidence.exchange import Intent

Ends = Callable[[bytes], float | None]
"""Tells, from the last bytes of an answer so far, the seconds after which its body must have ended; None: not yet."""

OWN: Final = ""
"""Stands for the target's own key."""


@dataclass(frozen=True)
class Draft:
    """One request to a path of the contract.

    `json` is encoded; `body` goes as it is. `key`: `OWN` for the target's, None for none, else that one. `leave_after`:
    close the connection after that many bytes of the answer; at 0 soon after the request was sent, with nothing read.
    `ends`: None where the body may come as slowly as it likes within the time of one answer. Drafts that name a
    `connection` share one that nobody else uses. A header `transfer-encoding: chunked` has the body sent so.
    """

    method: str
    path: str
    json: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    key: str | None = OWN
    intent: Intent = field(default=Intent(""))
    leave_after: int | None = None
    ends: Ends | None = None
    connection: str = ""


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    """The content of a body in two chunks."""
    half = len(content) // 2
    for piece in (content[:half], content[half:]):
        yield piece
