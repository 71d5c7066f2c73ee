"""Many clients at once, and many prompts of one client."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.asking import repeat
from wirecheck.areas.chat.probes.chat import LONG
from wirecheck.areas.chat.probes.concurrency import Crowd
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.areas.completions.probes import echoes, lists
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

CLIENTS = 8
FEWER = 4


@dataclass(frozen=True)
class Paced:
    """One prompt of the owner's slow_model, and three of them in a list."""

    one: Exchange
    three: Exchange


@probe(CLIENTS, quick=FEWER, sees=(echoes.echoed,), slow=True)
async def crowd(asker: Asker) -> Crowd:
    """Eight streams under way together, each with a word of its own; a quick run has four."""
    words = [lists.word(asker) for _ in range(FEWER if asker.quick else CLIENTS)]
    fields = {**STEADY, **await lists.echo(asker), "max_tokens": 24}
    sends = [complete(asker, repeat(f"code {each}"), **fields, stream=True) for each in words]
    return Crowd(tuple(zip(words, await asker.at_once(sends), strict=True)))


@probe(2, quick=0, slow=True)
async def paced(asker: Asker) -> Paced:
    """A long text of the owner's slow_model alone, and then thrice in a list."""
    only_longer(asker)
    model = asker.target.owner.get("slow_model")
    if model is None:
        raise Unseen("no slow_model is named")
    prompt, fields = repeat(" ".join([LONG] * 2)), {**STEADY, "max_tokens": 48}
    one = await complete(asker, prompt, **fields, model=model)
    return Paced(one, await complete(asker, [prompt] * 3, **fields, model=model))
