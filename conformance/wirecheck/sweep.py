"""The sweep: sends what Schemathesis generates from the contract, within bounds of time, number and size.

Knows neither how a request is generated nor what an answer is worth.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from wirecheck import bodies, oracle
from wirecheck.api import Api, Budget
from wirecheck.cases import NONE, Contract, Drawn
from wirecheck.exchange import Exchange, Request
from wirecheck.probe import Gone
from wirecheck.target import Target

# Seconds that one answer may take here, where hundreds are asked for.
SLOWEST: Final = 10.0
# So many answers that never end, and no more are asked for: each may cost `SLOWEST`.
UNENDING: Final = 5
# Bytes of answers that a sweep keeps in memory.
LARGEST: Final = 128 * 2**20
# Requests drawn at a time: the pause in which nothing can be stopped.
CHUNK: Final = 30
# The distance between the seeds of two draws of one run: no user's next seed.
STRIDE: Final = 1_000_003


class SweepBroken(Exception):
    """The generation of requests failed, which says nothing of the server. `seen` is what was sent before."""

    def __init__(self, message: str, seen: list[Exchange]) -> None:
        super().__init__(message)
        self.seen = seen


@dataclass(frozen=True)
class _Pass:
    """One source of requests, and how chats among them are sent: with `stream` set or as drawn, plain or as drawn.

    At most `most` are sent.
    """

    drawn: Sequence[Drawn]
    most: int
    stream: bool | None = None
    plain: bool = False


@dataclass
class _Sender:
    """Sends requests until a bound is met, each only once."""

    api: Api
    most: int
    stopped: threading.Event
    watch: Callable[[Exchange], None]
    queries: bool
    seen: list[Exchange] = field(default_factory=list)
    _sent: set[tuple[str, str, str | None, bytes | None]] = field(default_factory=set)
    _unending: int = 0
    _bytes: int = 0

    @property
    def over(self) -> bool:
        """Whether a bound is met."""
        return (
            self.stopped.is_set()
            or self.api.budget.left <= 0
            or len(self.seen) >= self.most
            or self._unending >= UNENDING
            or self._bytes >= LARGEST
        )

    async def send(self, drawn: Drawn, source: _Pass) -> bool:
        """Sends a request; False where the same one was sent before. Raises `wirecheck.probe.Gone`."""
        body = _body(drawn, self.api.target.model, source)
        key = (drawn.method, drawn.path, drawn.content_type, body)
        if key in self._sent:
            return False
        self._sent.add(key)
        headers = {} if drawn.content_type is None else {"content-type": drawn.content_type}
        request = Request(drawn.method, drawn.path, self.api.target.url(drawn.path), body=body or b"")
        intent = oracle.intent_of(request, drawn.hint)
        unread = not self.queries and "?" in drawn.path
        special = intent.valid and bodies.plain(request.json) != request.json
        if unread or special:
            intent = replace(intent, valid=None)
        exchange = await self.api.send(drawn.method, drawn.path, body=body, headers=headers, intent=intent)
        exchange = oracle.with_findings(exchange)
        self._unending += exchange.end in ("timeout", "too long")
        self._bytes += len(exchange.body)
        self.seen.append(exchange)
        self.watch(exchange)
        return True


def sweep(
    target: Target,
    *,
    seed: int,
    seconds: float,
    thorough: bool,
    most: int,
    watch: Callable[[Exchange], None],
    stopped: threading.Event,
    queries: bool = True,
) -> list[Exchange]:
    """Sends generated requests to every operation of the contract, and returns what came back.

    Ends when all is sent (never, where `thorough`), after `seconds`, after `most` requests, when `stopped` is set,
    when the server leaves `wirecheck.api.GIVE_UP` requests in a row without an answer, or its answers do not end.
    `queries`: whether the server is known to read the contract's query parameters; where not, no verdict hangs on them.
    The same seed gives the same requests to any server. Blocks; for a thread, one at a time in a process: the
    generators keep state of their own. Raises `SweepBroken`.
    """
    return asyncio.run(_sweep(target, seed, seconds, thorough, most, watch, stopped, queries))


async def _sweep(
    target: Target,
    seed: int,
    seconds: float,
    thorough: bool,
    most: int,
    watch: Callable[[Exchange], None],
    stopped: threading.Event,
    queries: bool,
) -> list[Exchange]:
    budget = Budget(time.monotonic() + seconds)
    target = replace(target, timeout=min(target.timeout, SLOWEST))
    async with Api(target, seed=seed, budget=budget, origin="sweep") as api:
        sender = _Sender(api, most, stopped, watch, queries)
        try:
            await _send_all(sender, _passes(Contract(), seed, most, thorough))
        except Gone:
            pass  # the bounds of the client itself: what was seen until then stands
        except Exception as error:
            raise SweepBroken(
                f"requests could not be generated: {type(error).__name__}: {error}", sender.seen
            ) from error
    return _settled(sender.seen)


async def _send_all(sender: _Sender, passes: Iterator[_Pass]) -> None:
    for each in passes:
        sent = 0
        for drawn in each.drawn:
            if sender.over:
                return
            sent += await sender.send(drawn, each)
            if sent >= each.most:
                break


def _passes(source: Contract, seed: int, most: int, thorough: bool) -> Iterator[_Pass]:
    """What is sent, in order. The shares of `most` keep a bounded sweep from spending all of it on one kind."""
    for operation in source.operations:
        if operation != bodies.CHAT:
            yield _Pass(source.coverage(operation), most // 12)
    boundaries = source.coverage(bodies.CHAT)
    yield _Pass(boundaries, most if thorough else most * 9 // 20)
    yield _Pass(
        [each for each in boundaries if isinstance(each.value, dict)], most if thorough else most // 6, stream=True
    )
    # Drawing takes longer than asking: what is drawn is asked in both modes.
    for positive, share in ((True, 20), (False, 40)):
        for part in range(max(most // share // CHUNK, 1) if not thorough else 4):
            drawn = source.fuzz(bodies.CHAT, positive=positive, seed=seed + STRIDE * part, count=CHUNK)
            yield from _both_modes(drawn, most)
    for turn in count(4) if thorough else ():
        for operation in source.operations:
            for positive in (True, False):
                drawn = source.fuzz(operation, positive=positive, seed=seed + STRIDE * turn, count=CHUNK)
                yield from _both_modes(drawn, most) if operation == bodies.CHAT else [_Pass(drawn, most)]


def _both_modes(drawn: Sequence[Drawn], most: int) -> Iterator[_Pass]:
    """Chats as drawn, which no answer may be a 5xx to; and plain, which any model can answer, in both modes."""
    yield _Pass(drawn, most)
    yield _Pass(drawn, most, plain=True)
    yield _Pass(drawn, most, stream=True, plain=True)


def _body(drawn: Drawn, model: str, source: _Pass) -> bytes | None:
    if drawn.hint.operation != bodies.CHAT or drawn.value is NONE:
        return drawn.body
    value = bodies.sharp(drawn.value)
    if source.plain:
        value = bodies.plain(value)
    return json.dumps(bodies.cheap(value, model, stream=source.stream)).encode()


def _settled(seen: list[Exchange]) -> list[Exchange]:
    """The exchanges without findings on the methods of paths that the server does not have."""
    there = {each.intent.operation for each in seen if each.status != 404 and not _undeclared(each)}
    return [
        replace(each, intent=replace(each.intent, findings=()))
        if _undeclared(each) and each.intent.operation not in there
        else each
        for each in seen
    ]


def _undeclared(exchange: Exchange) -> bool:
    return any(name == "unsupported_method" for name, _ in exchange.intent.findings)
