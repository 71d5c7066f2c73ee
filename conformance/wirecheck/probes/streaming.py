"""Chat as a stream: its bytes, its shape, its order, its time; NDJSON; a client that leaves."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.exchange import Exchange
from wirecheck.probe import Asker, Unseen, probe
from wirecheck.probes.asking import STEADY, chat, repeat
from wirecheck.probes.chat import LONG, PHRASE, Both, Repeated, again, stopped, sync

LONGER = " ".join([LONG] * 3)
LEAVERS = 2


@dataclass(frozen=True)
class Left:
    """What showed that the work of clients who left goes on, or does not.

    `busy` is the count of requests under way that the server itself reported at the end (None where it reports none),
    `idle`
    the same before; `alone` and `after` are one short request before and after the clients left.
    """

    stream: Exchange
    alone: Exchange
    after: Exchange
    idle: int | None
    busy: int | None


@probe
async def streamed(asker: Asker) -> Exchange:
    """The plain request as a stream, asking for nothing else."""
    return await chat(asker, repeat(PHRASE), **STEADY, stream=True)


@probe
async def counted(asker: Asker) -> Exchange:
    """The same with the usage asked for."""
    return await chat(asker, repeat(PHRASE), **STEADY, stream=True, stream_options={"include_usage": True})


@probe
async def both(asker: Asker) -> Both:
    """The plain request without and with a stream."""
    return Both(await asker.see(sync), await asker.see(streamed))


@probe
async def pairs(asker: Asker) -> tuple[Both, ...]:
    """Answers that no limit cuts, each without and with a stream."""
    return (await asker.see(both), await asker.see(stopped))


@probe
async def repeated(asker: Asker) -> Repeated:
    """The plain request twice without a stream; as a stream, as one that counts, and in longer runs as one again."""
    streams: tuple[Exchange, ...] = (await asker.see(streamed), await asker.see(counted))
    if not asker.quick:
        streams += (await chat(asker, repeat(PHRASE), **STEADY, stream=True),)
    return Repeated(await _syncs(asker), streams)


async def _syncs(asker: Asker) -> tuple[Exchange, ...]:
    twice = await asker.see(again)
    return (twice.sync, twice.stream)


@probe
async def both_counted(asker: Asker) -> Both:
    """The plain request without a stream, and with one that counts."""
    return Both(await asker.see(sync), await asker.see(counted))


@probe
async def accepting_json(asker: Asker) -> Exchange:
    """A stream as the official SDKs ask for it: with `Accept: application/json`."""
    return await chat(asker, repeat("hello"), headers={"accept": "application/json"}, **STEADY, stream=True)


@probe
async def slow(asker: Asker) -> Exchange:
    """A long stream, of a model that takes its time where the owner named one."""
    model = asker.target.slow_model or asker.target.model
    return await chat(asker, repeat(LONGER), model=model, temperature=0, max_tokens=160, stream=True)


@probe
async def ndjson(asker: Asker) -> Exchange:
    """The plain request as newline-delimited JSON."""
    return await _ask_ndjson(asker)


async def _ask_ndjson(asker: Asker) -> Exchange:
    headers = {"accept": "application/x-ndjson"}
    return await chat(asker, repeat(PHRASE), headers=headers, **STEADY, stream=True)


@probe
async def repeated_ndjson(asker: Asker) -> Repeated:
    """The plain request twice without a stream; as NDJSON, and in longer runs as that again and again."""
    lines: tuple[Exchange, ...] = (await asker.see(ndjson),)
    for _ in () if asker.quick else range(2):
        lines += (await _ask_ndjson(asker),)
    return Repeated(await _syncs(asker), lines)


@probe
async def has_ndjson(asker: Asker) -> bool:
    """Whether `Accept: application/x-ndjson` is understood."""
    return (await asker.see(ndjson)).media_type == "application/x-ndjson"


@probe
async def left(asker: Asker) -> Left:
    """Clients that leave a long stream after its first bytes."""

    async def busy() -> int | None:
        value = (await asker.send("GET", "/health")).at("active_requests")
        return value if isinstance(value, int) else None

    async def calm() -> bool:
        return await busy() in (None, idle)

    idle = await busy()
    alone = await chat(asker, repeat("hello"), **STEADY)
    model = asker.target.slow_model or asker.target.model
    leaves = [
        chat(asker, repeat(LONGER * 8), model=model, max_tokens=2000, stream=True, leave_after=1)
        for _ in range(LEAVERS)
    ]
    streams = await asker.at_once(leaves)
    gone = [stream for stream in streams if stream.end == "left"]
    if not gone:
        raise Unseen(f"no client could leave: {streams[0]}")
    after = await chat(asker, repeat("hello"), **STEADY)
    still = None if idle is None or await asker.until(calm, 2.0) else await busy()
    return Left(gone[0], alone, after, idle, idle if still is None else still)
