"""The sweep: sends what Schemathesis generates from the contract, within bounds of time, number and size.

Knows neither how a request is generated nor what an answer is worth.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wirecheck.area import model_of, smallest, sweeping_of
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.deleting import delete
from wirecheck.asking.draft import Draft
from wirecheck.asking.target import Target
from wirecheck.contract.operations import MULTIPART, Operation, operations
from wirecheck.evidence.exchange import Exchange, Intent, Request
from wirecheck.evidence.unseen import Gone
from wirecheck.judging import oracle
from wirecheck.sweeping import bodies
from wirecheck.sweeping.cases import NONE, Contract, Drawn
from wirecheck.sweeping.ids import Created, Ids
from wirecheck.sweeping.shares import Pass, next_seed, passes

# Seconds that one answer may take here, where hundreds are asked for.
SLOWEST: Final = 10.0
# So many answers that never end, and no more are asked for: each may cost `SLOWEST`.
UNENDING: Final = 5
# Bytes of answers that a sweep keeps in memory.
LARGEST: Final = 128 * 2**20


class SweepBroken(Exception):
    """The generation of requests failed, which says nothing of the server. `seen` is what was sent before."""

    def __init__(self, message: str, seen: list[Exchange]) -> None:
        super().__init__(message)
        self.seen = seen


@dataclass(frozen=True)
class Bounds:
    """What a sweep may do. `seconds` and `most` (requests) bound it; `thorough`: it goes on until they are met.

    `changes`: operations that change what the server keeps are swept too. `features` are those that the server has;
    `areas`: those whose operations are swept, None for all; `headers` go with the smallest requests.
    """

    seed: int
    seconds: float
    most: int
    thorough: bool = False
    changes: bool = False
    features: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Swept:
    """What came back, and the paths of what the sweep created and could not delete again.

    `spent`: its time was over before all was sent; `given_up`: the server answered no more.
    `next_seed` draws on where a thorough sweep ended; None where it came no further than what every sweep begins with.
    """

    exchanges: list[Exchange]
    left_behind: tuple[str, ...] = ()
    spent: bool = False
    given_up: bool = False
    next_seed: int | None = None

    def told(self, seed: int) -> str:
        """What was tried, for people, and how a longer search goes on."""
        on = "a longer run goes on" if self.next_seed is None else f"--seed {self.next_seed} goes on from there"
        return f"{len(self.exchanges)} generated requests were tried, from seed {seed}: {on}"


@dataclass
class _Sender:
    """Sends requests until a bound is met, each only once."""

    client: Client
    bounds: Bounds
    stopped: threading.Event
    watch: Callable[[Exchange], None]
    ids: Ids
    seen: list[Exchange] = field(default_factory=list)
    created: list[Created] = field(default_factory=list)
    turn: int = 0
    _sent: set[tuple[str, str, str | None, bytes | None]] = field(default_factory=set)
    _unending: int = 0
    _bytes: int = 0

    @property
    def left(self) -> int:
        """The requests that may still be sent."""
        return max(self.bounds.most - len(self.seen), 0)

    @property
    def over(self) -> bool:
        """Whether a bound is met."""
        return (
            self.stopped.is_set()
            or self.client.budget.left <= 0
            or not self.left
            or self._unending >= UNENDING
            or self._bytes >= LARGEST
        )

    async def send(self, drawn: Drawn, source: Pass) -> bool:
        """Sends a request; False where it cannot be sent, or the same one was sent before. Raises `Gone`."""
        operation, target = source.operation, self.client.target
        path = self.ids.filled(operation, drawn)
        if path is None:
            return False
        body = _body(drawn, source, target)
        key = (drawn.method, path, drawn.content_type, body)
        if key in self._sent:
            return False
        self._sent.add(key)
        headers = {} if drawn.content_type is None else {"content-type": drawn.content_type}
        request = Request(drawn.method, path, target.url(path), tuple(headers.items()), body or b"")
        intent = oracle.intent_of(request, drawn.hint)
        how = sweeping_of(operation.id)
        unread = how.queries is not None and how.queries not in self.bounds.features and "?" in path
        special = intent.valid and how.plain(request.json) != request.json
        if unread or special:
            intent = replace(intent, valid=None)
        await self._send(Draft(drawn.method, path, None, body, headers, intent=intent, ends=how.ends(request.json)))
        return True

    async def sign_of_life(self, operation: Operation) -> None:
        """Asks an operation for the least that it has to give."""
        path = self.ids.plain_path(operation)
        least = smallest(operation)
        if path is None or operation.method == "DELETE" or (operation.request and not least) or self.over:
            return
        if not operation.required <= sweeping_of(operation.id).plain(least).keys():
            return  # It needs what only a server can give.
        if sweeping_of(operation.id).depends:
            return  # A refusal says nothing.
        target = self.client.target
        model = model_of(operation, target)
        body = bodies.answerable(operation, least, model, target=target) if operation.request else None
        intent = Intent(oracle.SWEEP, "the smallest request", valid=True, provokes="sign of life")
        ends = sweeping_of(operation.id).ends(body)
        await self._send(
            Draft(operation.method, path, json=body, headers=self.bounds.headers, intent=intent, ends=ends)
        )

    async def _send(self, draft: Draft) -> None:
        exchange = await self.client.send(draft)
        self._unending += exchange.end in ("timeout", "too long")
        self._bytes += len(exchange.body)
        self.seen.append(exchange)
        self.watch(exchange)
        made = self.ids.learn(exchange)
        if made is not None:
            self.created.append(made)


def sweep(target: Target, bounds: Bounds, watch: Callable[[Exchange], None], stopped: threading.Event) -> Swept:
    """Sends generated requests to the operations of the contract, and returns what came back.

    Ends when all is sent (never, where it is thorough), when a bound is met, when `stopped` is set, when the server
    leaves `wirecheck.asking.client.GIVE_UP` requests in a row without an answer, or its answers do not end. The same
    seed gives the same requests to any server whose lists show the same ids. What it created is deleted again, also
    where it was stopped. Blocks; for a thread, one at a time in a process: the generators keep state of their own.
    Raises `SweepBroken`.
    """
    return asyncio.run(_sweep(target, bounds, watch, stopped))


async def _sweep(target: Target, bounds: Bounds, watch: Callable[[Exchange], None], stopped: threading.Event) -> Swept:
    budget = Budget(time.monotonic() + bounds.seconds)
    target = replace(target, timeout=min(target.timeout, SLOWEST))
    async with Client(target, seed=bounds.seed, budget=budget, origin=oracle.SWEEP) as client:
        sender = _Sender(client, bounds, stopped, watch, Ids(target.model))
        broken: Exception | None = None
        try:
            await _send_all(sender, Contract())
        except Gone:
            pass  # the bounds of the client itself: what was seen until then stands
        except Exception as error:  # noqa: BLE001 - whatever the generator trips over; first what it made is deleted
            broken = error
        spent, given_up = budget.left <= 0, budget.given_up
        left = await _clean(sender)
    if broken is not None:
        raise SweepBroken(
            f"requests could not be generated: {type(broken).__name__}: {broken}", sender.seen
        ) from broken
    on = next_seed(bounds.seed, sender.turn) if sender.turn else None
    return Swept(sender.seen, left, spent, given_up, on)


async def _send_all(sender: _Sender, source: Contract) -> None:
    bounds = sender.bounds
    chosen = [each for each in operations() if (each.stateless or bounds.changes) and _there(each, bounds)]
    alive: Operation | None = None
    for each in passes(source, chosen, bounds.seed, lambda: sender.left, thorough=bounds.thorough):
        if each.operation != alive:
            if alive is not None:
                await sender.sign_of_life(alive)
            alive = each.operation
            await sender.sign_of_life(alive)
        sent, sender.turn = 0, each.turn
        for drawn in each.drawn:
            if sender.over:
                return
            sent += await sender.send(drawn, each)
            if sent >= each.most:
                break
    if alive is not None:
        await sender.sign_of_life(alive)


def _there(operation: Operation, bounds: Bounds) -> bool:
    """Whether an operation is of an area that is swept, and the server has the feature without which it is not."""
    feature = sweeping_of(operation.id).feature
    if bounds.areas is not None and not bounds.areas & set(operation.tags):
        return False
    return feature is None or feature in bounds.features


async def _clean(sender: _Sender) -> tuple[str, ...]:
    """Ends what the sweep created, newest first; the paths of what is left."""
    newest = list(reversed(sender.created))
    paths = [each.path for each in newest if each.ends]
    stays = await delete(sender.client, paths, Intent(oracle.SWEEP, "deleted again"))
    return (*stays, *(each.path for each in newest if not each.ends))


def _body(drawn: Drawn, source: Pass, target: Target) -> bytes | None:
    if drawn.value is NONE or (drawn.content_type or "").startswith(MULTIPART):
        return drawn.body
    value = bodies.sharp(source.operation, drawn.value)
    if source.plain:
        value = sweeping_of(source.operation.id).plain(value)
    model = model_of(source.operation, target)
    return json.dumps(bodies.answerable(source.operation, value, model, source.stream, target)).encode()
