"""What a run has made and not deleted again: found in what it saw, and deleted at its end, however it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from urllib.parse import quote

from wirecheck.area import areas
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.deleting import delete, is_gone
from wirecheck.asking.target import Target
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange, Intent


def made(exchange: Exchange) -> str | None:
    """The path of what an exchange made, as the contract has it or an area knows it; None where it made nothing."""
    operation, status = exchange.operation, exchange.status or 0
    if operation is None or operation.method != "POST" or not 200 <= status < 300:
        return None
    if operation.stateless:
        return next((path for area in areas().values() if (path := area.keeps(exchange)) is not None), None)
    id_ = exchange.at("id")
    if not isinstance(id_, str) or not id_:
        return None
    if "DELETE" not in operations().on_one(operation):
        return None
    return f"{exchange.request.path.partition('?')[0]}/{quote(id_, safe='')}"


def left_over(exchanges: Iterable[Exchange]) -> list[str]:
    """The paths of what was made and not deleted, the newest first."""
    left: dict[str, None] = {}
    for each in exchanges:
        path = made(each)
        if path is not None:
            left[path] = None
        if each.request.method == "DELETE" and is_gone(each):
            left.pop(each.request.path, None)
    return list(reversed(left))


async def clear(
    target: Target, seed: int, exchanges: Iterable[Exchange], watch: Callable[[Exchange], None], log: list[Exchange]
) -> tuple[str, ...]:
    """Deletes what is left over; the paths of what could not be. `log` gets what is asked."""
    paths = left_over(exchanges)
    async with Client(target, seed=seed, budget=Budget(time.monotonic()), watch=watch) as client:
        kept = await delete(client, paths, Intent("clearing"))
        log += client.log
    return tuple(kept)
