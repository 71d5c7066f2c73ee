"""Clients that leave: before the first byte, in the middle of a stream, and beside one that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.areas.chat.probes import streaming
from wirecheck.areas.chat.probes.streaming import LONGER, stream_long
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

# How each leaves: after the first bytes of a stream; before the first byte of a stream, and of a whole answer.
_WAYS: tuple[dict[str, Any], ...] = (
    {"stream": True, "leave_after": 1},
    {"stream": True, "leave_after": 0},
    {"leave_after": 0},
)
_OF_EACH = 2
LEAVERS = _OF_EACH * len(_WAYS)
# How often the server is asked within 2 s whether their work has ended (`Asker.until`).
_POLLS = 4


@dataclass(frozen=True)
class Left:
    """What showed that the work of clients who left goes on, or does not.

    `gone` are the requests of those who left. `busy` is the count of requests under way that the server itself reported
    at the end (None where it reports none), `idle` the same before; `alone` and `after` are one short request before
    and after they left. `witness` is the stream of a client that came before them and stayed, `before` the same stream
    with nobody beside it.
    """

    gone: tuple[Exchange, ...]
    alone: Exchange
    after: Exchange
    idle: int | None
    busy: int | None
    before: Exchange
    witness: Exchange


@probe(4 + LEAVERS + _POLLS, quick=4 + len(_WAYS) + _POLLS, sees=(streaming.slow,), slow=True)
async def left(asker: Asker) -> Left:
    """Six clients that leave beside one that stays, half of them where there is a queue; short chats around them.

    A quick run has three that leave.
    """
    busy: list[int | None] = []

    async def calm() -> bool:
        value = (await asker.send(Draft("GET", "/health"))).at("active_requests")
        busy.append(value if isinstance(value, int) else None)
        return busy[-1] is None or busy[0] is None or busy[-1] <= busy[0]

    goes: dict[str, Any] = {"model": asker.target.owner.get("slow_model", asker.target.model), "max_tokens": 2000}
    before = await asker.see(streaming.slow)
    await calm()
    alone = await chat(asker, repeat("hello"), **STEADY)
    ways = _WAYS if asker.quick else _WAYS * _OF_EACH
    leaves = [chat(asker, repeat(LONGER * 8), **goes, **way) for way in ways]
    witness, *others = await asker.at_once([stream_long(asker), *leaves])
    gone = tuple(each for each in others if each.end == "left")
    if not gone:
        raise Unseen(f"no client could leave: {others[0]}")
    after = await chat(asker, repeat("hello"), **STEADY)
    if busy[0] is not None:
        await asker.until(calm, 2.0)
    return Left(gone, alone, after, busy[0], busy[-1], before, witness)
