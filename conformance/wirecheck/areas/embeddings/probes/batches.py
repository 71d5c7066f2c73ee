"""Several texts at once: in one request, one by one, again, and in requests that run together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirecheck.areas.embeddings.asking import TEXTS, embed
from wirecheck.areas.embeddings.probes.finding import embedder
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent

CLIENTS: Final = 8
_QUICK: Final = 4
# A sentence that fills texts beyond what many models read; six thousand characters are some fifteen hundred tokens.
_FILLING: Final = "The report goes on about the weather of the past year, month after month. "
_LONG: Final = 6000
ENDS: Final = ("At its end the treaty of peace was signed.", "Below it somebody had drawn a yellow submarine.")


@dataclass(frozen=True)
class Batch:
    """The texts in one request, and the first of them in one each."""

    batch: Exchange
    singles: tuple[Exchange, ...]


@dataclass(frozen=True)
class Twice:
    """The same text asked for twice."""

    first: Exchange
    second: Exchange


@dataclass(frozen=True)
class Ends:
    """Two long texts that differ at their ends alone, in one request; and the short texts, in another."""

    long: Exchange
    short: Exchange


@dataclass(frozen=True)
class Crowd:
    """What each of several clients got who asked at the same time, each for one text twice, by the text's place."""

    answers: tuple[tuple[int, Exchange], ...]
    singles: tuple[Exchange, ...]


@probe(len(TEXTS) - 1, quick=1, sees=(embedder,))
async def singles(asker: Asker) -> tuple[Exchange, ...]:
    """The texts in a request each; two of them in a quick run."""
    seen = await asker.see(embedder)
    chosen = TEXTS[1:2] if asker.quick else TEXTS[1:]
    return (seen.answer, *[await embed(asker, seen.model, text) for text in chosen])


@probe(sees=(embedder, singles))
async def batch(asker: Asker) -> Batch:
    """All texts in one request."""
    alone = await asker.see(singles)
    model = (await asker.see(embedder)).model
    return Batch(await embed(asker, model, list(TEXTS)), alone)


@probe(sees=(embedder,))
async def again(asker: Asker) -> Twice:
    """The first text once more, its format named."""
    seen = await asker.see(embedder)
    return Twice(seen.answer, await embed(asker, seen.model, TEXTS[0], encoding_format="float"))


@probe(sees=(embedder, batch))
async def ends(asker: Asker) -> Ends:
    """Two texts of six thousand characters that differ in their last sentence."""
    seen = await asker.see(embedder)
    filling = _FILLING * (_LONG // len(_FILLING))
    # More than a model with a small window takes: it may refuse it.
    intent = Intent("", case="two texts of six thousand characters")
    answer = await embed(asker, seen.model, [filling + end for end in ENDS], intent=intent)
    return Ends(answer, (await asker.see(batch)).batch)


@probe(CLIENTS, quick=_QUICK, sees=(embedder, singles), slow=True)
async def crowd(asker: Asker) -> Crowd:
    """Requests of eight clients under way together, each for one of the texts twice; of four in a quick run."""
    alone = await asker.see(singles)
    model = (await asker.see(embedder)).model
    places = [number % len(alone) for number in range(_QUICK if asker.quick else CLIENTS)]
    sends = [embed(asker, model, [TEXTS[place]] * 2) for place in places]
    return Crowd(tuple(zip(places, await asker.at_once(sends), strict=True)), alone)
