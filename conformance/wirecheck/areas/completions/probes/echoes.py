"""Prompts that are to stand before the text."""

from __future__ import annotations

from wirecheck.areas.chat.asking import repeat
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import accepts_some

PROMPT = repeat("north, east, south")


@probe(2)
async def echoed(asker: Asker) -> Both:
    """A text with `echo`, without a stream and as one."""
    fields = {**STEADY, "max_tokens": 16, "echo": True}
    return Both(await complete(asker, PROMPT, **fields), await complete(asker, PROMPT, **fields, stream=True))


@probe(0, sees=(echoed,))
async def has_echo(asker: Asker) -> bool:
    """Whether `echo` is taken, without a stream or in one."""
    seen = await asker.see(echoed)
    return accepts_some((seen.sync, seen.stream))


@probe(quick=0)
async def alone(asker: Asker) -> Exchange:
    """A text with `echo` and no token beside it."""
    only_longer(asker)
    return await complete(asker, PROMPT, **{**STEADY, "max_tokens": 0}, echo=True)
