"""What requests that break the contract bring about: refusals, both modes of one request, what comes after. No I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from wirecheck.areas.http.pools import answered
from wirecheck.areas.validation import fields, schemas
from wirecheck.areas.validation import probes as validation
from wirecheck.evidence.exchange import ABSENT, LAST, Exchange, at
from wirecheck.judging.oracle import SWEEP
from wirecheck.judging.pool import Pool, Records

_STREAM = re.compile(rb'"stream"\s*:\s*(true|false)')


@dataclass(frozen=True)
class Modes:
    """One invalid request without and with a stream."""

    sync: Exchange
    stream: Exchange


@dataclass(frozen=True)
class Aftermath:
    """Invalid requests, the plain request to the same operation before them, and the one behind them."""

    before: Exchange
    provocations: tuple[Exchange, ...]
    alive: Exchange


def asks_for_stream(exchange: Exchange) -> bool:
    """Whether a request asks for a stream, be it no JSON at all."""
    found = _STREAM.search(exchange.request.body)
    return exchange.asks_for_stream or (found is not None and found.group(1) == b"true")


def _without_mode(exchange: Exchange) -> bytes:
    body = exchange.request.json
    if isinstance(body, dict):
        return json.dumps({name: value for name, value in body.items() if name != "stream"}, sort_keys=True).encode()
    return _STREAM.sub(b"", exchange.request.body)


def _in_either_mode(exchange: Exchange) -> bool:
    """Whether a request says the same with and without a stream: without one, `stream_options` are a second mistake."""
    streams = exchange.operation is not None and exchange.operation.streams
    return streams and at(exchange.request.json, "stream_options") in (ABSENT, None)


def _modes(exchanges: Sequence[Exchange]) -> Iterator[Modes]:
    seen: dict[tuple[str, str, bytes], Exchange] = {}
    for exchange in exchanges:
        if exchange.intent.valid is False and _in_either_mode(exchange):
            key = (exchange.request.method, exchange.request.path, _without_mode(exchange))
            other = seen.setdefault(key, exchange)
            if asks_for_stream(other) != asks_for_stream(exchange):
                yield Modes(exchange, other) if asks_for_stream(other) else Modes(other, exchange)


def _aftermaths(exchanges: Sequence[Exchange]) -> Iterator[Aftermath]:
    """The invalid requests of each operation since its last sign of life, by one asker; and those before the last."""
    last: dict[tuple[str, str], Exchange] = {}
    since: dict[tuple[str, str], list[Exchange]] = {}
    for number, exchange in enumerate(exchanges):
        if exchange.operation is None:
            continue
        if exchange.intent.origin == LAST:
            yield from _ending(exchanges[:number], exchange)
            continue
        key = (exchange.intent.origin, exchange.operation.id)
        if exchange.intent.provokes == "sign of life":
            if exchange.shed and not _stays_shed(exchanges[: number + 1]):
                continue  # it is asked again when it says
            if key in last and since.get(key):
                yield Aftermath(last[key], tuple(since.pop(key)), exchange)
            last[key] = exchange
        elif exchange.intent.valid is not True:
            since.setdefault(key, []).append(exchange)


def _stays_shed(exchanges: Sequence[Exchange]) -> bool:
    """Whether the last request was sent away, as a full server does, again after the time that was named before."""
    operation = exchanges[-1].operation
    asked = [
        each for each in exchanges if each.operation == operation and (each.shed or 200 <= (each.status or 0) < 300)
    ]
    shed = list(takewhile(lambda each: each.shed, reversed(asked)))
    wait = shed[-1].retry_after
    return wait is not None and shed[0].sent - shed[-1].sent > wait


def _when_silence_fell(asked: Sequence[Exchange]) -> list[Exchange]:
    """What was asked, and was no plain request, when a server served its last plain request and no other ever after.

    Where a plain request got no answer it had fallen silent before, though it may still refuse: what comes later is not
    to blame. Of what it answered before that, only the last can be.
    """
    served = [number for number, each in enumerate(asked) if each.intent.valid is True and each.status == 200]
    since = asked[served[-1] + 1 if served else 0 :]
    since = list(takewhile(lambda each: each.intent.provokes != "sign of life" or each.status is not None, since))
    suspects = [each for each in since if each.intent.valid is not True]
    silent = next((number for number, each in enumerate(suspects) if each.status is None), len(suspects))
    return suspects[max(silent - 1, 0) :]


def _ending(exchanges: Sequence[Exchange], last: Exchange) -> Iterator[Aftermath]:
    """What the server was asked when it fell silent, before the sign of life that closes a run."""
    asked = [each for each in exchanges if each.operation == last.operation]
    before = next((each for each in asked if each.intent.valid is True and each.status == 200), None)
    if last.status is None:
        tail = _when_silence_fell(asked)
    else:
        # A server that is alive may have been asked for what takes longer than anybody waits.
        answered_ = [number for number, each in enumerate(asked) if each.status is not None]
        tail = [each for each in asked[answered_[-1] if answered_ else 0 :] if each.intent.valid is False]
        tail = [each for each in tail if each.status is None]
    if before is not None and tail:
        yield Aftermath(before, tuple(tail), last)


every_invalid = Pool(
    "invalid request", lambda it: answered(it) and it.intent.valid is False, (validation.replay, fields.wrong_types)
)

every_generated_valid = Pool(
    "generated valid request (a quick run generates none)",
    lambda it: answered(it) and it.intent.origin == SWEEP and it.intent.valid is True,
)

both_modes = Records("invalid request in both modes", _modes, (validation.replay,))

aftermaths = Records(
    "plain request behind an invalid one", _aftermaths, (validation.replay, fields.wrong_types, schemas.hard)
)
