"""Chat as a stream: its bytes, its shape, its order, its time; NDJSON."""

from __future__ import annotations

from wirecheck.areas.chat.asking import OFFERED, PHRASE, STEADY, chat, repeat
from wirecheck.areas.chat.pacing import held_back
from wirecheck.areas.chat.probes.chat import LONG, Both, Repeated, again, stopped, sync
from wirecheck.areas.chat.reading import read
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

LONGER = " ".join([LONG] * 3)


@probe()
async def streamed(asker: Asker) -> Exchange:
    """A chat as a stream whose prompt asks to repeat a phrase with letters of one to four bytes."""
    return await chat(asker, repeat(PHRASE), **STEADY, stream=True)


@probe()
async def counted(asker: Asker) -> Exchange:
    """A chat as a stream with `stream_options.include_usage`."""
    return await chat(asker, repeat(PHRASE), **STEADY, stream=True, stream_options={"include_usage": True})


@probe(0, sees=(sync, streamed))
async def both(asker: Asker) -> Both:
    """The same chat without and with a stream."""
    return Both(await asker.see(sync), await asker.see(streamed))


@probe(0, sees=(both, stopped))
async def pairs(asker: Asker) -> tuple[Both, ...]:
    """Chats that no limit cuts, each without and with a stream."""
    return (await asker.see(both), await asker.see(stopped))


@probe(sees=(streamed, counted, again))
async def repeated(asker: Asker) -> Repeated:
    """The same chat twice without a stream; as a stream, as one with usage, and as a stream again.

    A quick run asks for the last only where the others do not say the same.
    """
    syncs = await _syncs(asker)
    streams: tuple[Exchange, ...] = (await asker.see(streamed), await asker.see(counted))
    if not asker.quick or len(set(map(_text, (*syncs, *streams)))) > 1:
        streams += (await chat(asker, repeat(PHRASE), **STEADY, stream=True),)
    return Repeated(syncs, streams)


def _text(answer: Exchange) -> str | None:
    try:
        return read(answer).first.text.strip()
    except Unseen:
        return None


async def _syncs(asker: Asker) -> tuple[Exchange, ...]:
    twice = await asker.see(again)
    return (twice.first, twice.second)


@probe(0, sees=(sync, counted))
async def both_counted(asker: Asker) -> Both:
    """The same chat without a stream, and as a stream with `stream_options.include_usage`."""
    return Both(await asker.see(sync), await asker.see(counted))


@probe()
async def accepting_json(asker: Asker) -> Exchange:
    """A chat as a stream with `Accept: application/json` and codings offered, as the official SDKs send it."""
    return await chat(asker, repeat("hello"), headers={"accept": "application/json", **OFFERED}, **STEADY, stream=True)


@probe(2, slow=True)
async def slow(asker: Asker) -> Exchange:
    """A long chat as a stream, of the owner's slow_model where one is named: again where it seems to be held back.

    A machine that stops for a moment reads at once what was sent meanwhile.
    """
    answer = await stream_long(asker)
    return await stream_long(asker) if held_back(answer) else answer


async def stream_long(asker: Asker) -> Exchange:
    """See `slow`."""
    model = asker.target.owner.get("slow_model", asker.target.model)
    return await chat(asker, repeat(LONGER), model=model, temperature=0, max_tokens=160, stream=True)


@probe()
async def ndjson(asker: Asker) -> Exchange:
    """A chat as a stream with `Accept: application/x-ndjson`."""
    return await _ask_ndjson(asker)


async def _ask_ndjson(asker: Asker) -> Exchange:
    headers = {"accept": "application/x-ndjson"}
    return await chat(asker, repeat(PHRASE), headers=headers, **STEADY, stream=True)


@probe(2, quick=0, sees=(ndjson, again))
async def repeated_ndjson(asker: Asker) -> Repeated:
    """The same chat twice without a stream; as NDJSON, and in longer runs twice more as NDJSON."""
    lines: tuple[Exchange, ...] = (await asker.see(ndjson),)
    for _ in () if asker.quick else range(2):
        lines += (await _ask_ndjson(asker),)
    return Repeated(await _syncs(asker), lines)


@probe(0, sees=(ndjson,))
async def has_ndjson(asker: Asker) -> bool:
    """Whether `Accept: application/x-ndjson` is understood."""
    return (await asker.see(ndjson)).media_type == "application/x-ndjson"
