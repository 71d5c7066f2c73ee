"""Texts that a limit cuts, and texts that a stop string ends."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.probes.chat import FEW, Both, piece_of
from wirecheck.areas.chat.reading import read
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.areas.completions.probes import texts
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

# A text of at least so many letters has a piece that can be a stop string.
_ENOUGH = 24


@dataclass(frozen=True)
class Cut:
    """The same text with a wide limit and with a narrow one."""

    whole: Exchange
    cut: Exchange


@dataclass(frozen=True)
class Stopped:
    """What was said, a piece of it, and the same request with that piece as a stop string.

    `steady`: the model says the same each time. Of one that does not, the stop string is a letter, as any text has it.
    """

    said: str
    stop: str
    steady: bool
    both: Both


@probe(sees=(texts.plain,))
async def cut(asker: Asker) -> Cut:
    """The text with few tokens."""
    return Cut(await asker.see(texts.plain), await complete(asker, texts.PROMPT, **{**STEADY, "max_tokens": FEW}))


@probe(2, sees=(texts.plain, texts.streamed))
async def stopped(asker: Asker) -> Stopped:
    """The text with a stop string out of itself: in a list without a stream, by itself in one."""
    said = read(await asker.see(texts.plain)).first.text
    steady = said == read(await asker.see(texts.streamed)).first.text
    stop = piece_of(said) if steady else max(filter(str.isalpha, said), key=said.count, default="")
    if len(said) < _ENOUGH or not stop.strip():
        raise Unseen(f"too little was said to stop in it: {said[:80]!r}")
    sync = await complete(asker, texts.PROMPT, **STEADY, stop=[stop])
    return Stopped(
        said, stop, steady, Both(sync, await complete(asker, texts.PROMPT, **STEADY, stop=stop, stream=True))
    )
