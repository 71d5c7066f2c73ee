"""Lists of texts: each with a word of its own, with two choices each, with one text twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import repeat
from wirecheck.areas.chat.probes.chat import Both, Repeated
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.areas.completions.probes import echoes, texts
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, at

PROMPTS = 3


@dataclass(frozen=True)
class Listed:
    """The words of the prompts of a list, and what came: for each prompt as many choices as `choices` says."""

    words: tuple[str, ...]
    choices: int
    both: Both


@dataclass(frozen=True)
class Same:
    """One text again and again in both modes, and the texts of a list in both."""

    alone: Repeated
    listed: Listed


@dataclass(frozen=True)
class Doubled:
    """A text alone, and twice in a list."""

    alone: Exchange
    twice: Exchange


def word(asker: Asker) -> str:
    """A word that no other prompt has."""
    return f"{asker.random.getrandbits(32):08x}"


async def echo(asker: Asker) -> dict[str, bool]:
    """What has a server put the prompt before the text, where it can in both modes: then no model need repeat it."""
    seen = await asker.see(echoes.echoed)
    text = at(seen.sync.json, "choices", 0, "text")
    echoes_it = isinstance(text, str) and text.startswith(echoes.PROMPT) and seen.stream.status == 200
    return {"echo": True} if echoes_it else {}


@probe(2, sees=(echoes.echoed,))
async def listed(asker: Asker) -> Listed:
    """Three texts in a list, without a stream and as one."""
    words = tuple(word(asker) for _ in range(PROMPTS))
    prompts = [repeat(f"code {each}") for each in words]
    fields = {**STEADY, **await echo(asker), "max_tokens": 24}
    sync = await complete(asker, prompts, **fields)
    return Listed(words, 1, Both(sync, await complete(asker, prompts, **fields, stream=True)))


@probe(2, quick=1, sees=(echoes.echoed, listed))
async def several(asker: Asker) -> Listed:
    """Two texts in a list with two choices each, without a stream; in longer runs as one, too."""
    words = (word(asker), word(asker))
    prompts = [repeat(f"code {each}") for each in words]
    fields: dict[str, Any] = {**await echo(asker), "temperature": 1, "max_tokens": 24, "n": 2}
    sync = await complete(asker, prompts, **fields)
    if asker.quick:
        return Listed(words, 2, Both(sync, sync))
    return Listed(words, 2, Both(sync, await complete(asker, prompts, **fields, stream=True)))


@probe(0, sees=(listed, several))
async def all_listed(asker: Asker) -> tuple[Listed, ...]:
    """Three texts, and two with two choices each."""
    return (await asker.see(listed), await asker.see(several))


@probe(sees=(texts.plain,))
async def doubled(asker: Asker) -> Doubled:
    """One text twice in a list."""
    return Doubled(await asker.see(texts.plain), await complete(asker, [texts.PROMPT] * 2, **STEADY))


@probe(2, quick=0, sees=(texts.plain, texts.streamed, texts.counted, listed))
async def repeated(asker: Asker) -> Same:
    """A text without a stream and as two streams, in longer runs each once more; and the list in both modes."""
    syncs: tuple[Exchange, ...] = (await asker.see(texts.plain),)
    streams: tuple[Exchange, ...] = (await asker.see(texts.streamed), await asker.see(texts.counted))
    if not asker.quick:
        syncs += (await complete(asker, texts.PROMPT, **STEADY),)
        streams += (await complete(asker, texts.PROMPT, **STEADY, stream=True),)
    return Same(Repeated(syncs, streams), await asker.see(listed))
