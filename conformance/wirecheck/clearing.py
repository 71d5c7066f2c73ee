"""What a run has made and not ended again: found in what it saw, and deleted or cancelled at its end, however it ended.

What is cancelled may leave something behind, which is deleted too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

from wirecheck.area import Work, areas
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.deleting import delete
from wirecheck.asking.draft import Draft
from wirecheck.asking.ending import ended
from wirecheck.asking.target import Target
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone

_INTENT: Final = Intent("clearing")
# Seconds that what was cancelled is given to come to its end.
_PATIENCE: Final = 5.0


def made(exchange: Exchange) -> str | None:
    """The path of what an exchange made, as the contract has it or an area knows it; None where it made nothing."""
    operation, status = exchange.operation, exchange.status or 0
    if operation is None or operation.method != "POST" or not 200 <= status < 300:
        return None
    if operation.stateless:
        return next((path for area in areas().values() if (path := area.keeps(exchange)) is not None), None)
    id_ = exchange.at("id")
    if not isinstance(id_, str) or not id_ or not operations().on_one(operation):
        return None
    path = f"{exchange.request.path.partition('?')[0]}/{quote(id_, safe='')}"
    return None if operations().ending(path) is None else path


def left_over(exchanges: Iterable[Exchange]) -> list[str]:
    """The paths of what was made and is still there, or still goes on, the newest first.

    What a thing of the run's own has made by itself counts, what others made does not.
    """
    left: dict[str, None] = {}
    mine: set[str] = set()
    over: set[str] = set()
    for each in exchanges:
        path = made(each)
        if path is not None:
            left[path] = None
            mine.add(path)
        gone, work = ended(each), _work(each)
        if work is not None and (thing := _shown(each)) in mine:
            left |= dict.fromkeys(one for one in work.made if one not in over)
            gone = gone or (thing if work.over else None)
        if gone is not None:
            left.pop(gone, None)
            over.add(gone)
    return list(reversed(left))


def _work(exchange: Exchange) -> Work | None:
    """What an answer tells of a thing that goes on by itself, as an area reads it."""
    return next((work for area in areas().values() if (work := area.works(exchange)) is not None), None)


def _shown(exchange: Exchange) -> str:
    """The path of the thing that an answer shows: that of its request, or what was made there."""
    return made(exchange) or exchange.request.path.partition("?")[0].removesuffix("/cancel")


async def clear(
    target: Target, seed: int, exchanges: Iterable[Exchange], watch: Callable[[Exchange], None], log: list[Exchange]
) -> tuple[str, ...]:
    """Ends what is left over; the paths of what could not be ended. `log` gets what is asked."""
    seen = list(exchanges)
    paths = left_over(seen)
    async with Client(target, seed=seed, budget=Budget(time.monotonic()), watch=watch) as client:
        kept = await delete(client, paths, _INTENT)
        cancelled = [path for path in paths if path not in kept and _goes_on(path)]
        for path in cancelled:
            await _wait(client, path)
        more = [path for path in left_over([*seen, *client.log]) if path not in paths]
        kept += await delete(client, more, _INTENT)
        log += client.log
    return tuple(kept)


def _goes_on(path: str) -> bool:
    """Whether what was asked to end at a path was cancelled, and not deleted."""
    ending = operations().ending(path)
    return ending is not None and ending[0] != "DELETE"


async def _wait(client: Client, path: str) -> None:
    """Looks at what was cancelled until it is over, but not for long."""

    async def over() -> bool:
        work = _work(await client.send(Draft("GET", path, intent=_INTENT)))
        return work is None or work.over

    try:
        await client.until(over, _PATIENCE)
    except Gone:
        return  # nothing more may be sent
