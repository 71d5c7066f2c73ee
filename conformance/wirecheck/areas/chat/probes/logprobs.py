"""Log probabilities, with and without alternatives, without and with a stream."""

from __future__ import annotations

from wirecheck.areas.chat.asking import PHRASE, STEADY, chat, repeat
from wirecheck.areas.chat.effects import ignored, log_probabilities
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import accepts_some

TOP = 3
# The contract's limit.
MOST = 20


@probe(2)
async def top(asker: Asker) -> Both:
    """A chat with logprobs and three alternatives for each token, without and with a stream."""
    fields = {**STEADY, "logprobs": True, "top_logprobs": TOP}
    prompt = repeat(PHRASE)
    return Both(await chat(asker, prompt, **fields), await chat(asker, prompt, **fields, stream=True))


@probe()
async def alone(asker: Asker) -> Exchange:
    """A chat with `logprobs: true` and no word about alternatives."""
    return await chat(asker, repeat("hello"), **STEADY, logprobs=True)


@probe(quick=0, sees=(top,))
async def given(asker: Asker) -> tuple[Exchange, ...]:
    """Chats with alternatives for each token; in longer runs one with as many as may be asked for."""
    asked = await asker.see(top)
    if asker.quick:
        return (asked.sync, asked.stream)
    most = await chat(asker, repeat("hello"), **STEADY, logprobs=True, top_logprobs=MOST)
    return (asked.sync, asked.stream, most)


@probe(0, sees=(top, alone))
async def ways(asker: Asker) -> tuple[Exchange, ...]:
    """Chats with logprobs: with three alternatives, without and with a stream, and with none."""
    seen = await asker.see(top)
    return (seen.sync, seen.stream, await asker.see(alone))


@probe(0, sees=(ways,))
async def has_logprobs(asker: Asker) -> bool:
    """Whether logprobs are taken and given: with alternatives, without or with a stream, or alone."""
    seen = await asker.see(ways)
    return accepts_some(seen) and not ignored(seen, log_probabilities)
