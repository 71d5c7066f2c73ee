"""Log probabilities, with and without alternatives, without and with a stream."""

from __future__ import annotations

from wirecheck.exchange import Exchange
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, accepts, chat, repeat
from wirecheck.probes.chat import PHRASE, Both

TOP = 3
# The contract's limit.
MOST = 20


@probe
async def top(asker: Asker) -> Both:
    """With three alternatives for each token."""
    fields = {**STEADY, "logprobs": True, "top_logprobs": TOP}
    prompt = repeat(PHRASE)
    return Both(await chat(asker, prompt, **fields), await chat(asker, prompt, **fields, stream=True))


@probe
async def alone(asker: Asker) -> Exchange:
    """Without a word about alternatives."""
    return await chat(asker, repeat("hello"), **STEADY, logprobs=True)


@probe
async def given(asker: Asker) -> tuple[Exchange, ...]:
    """All answers with alternatives; in longer runs one with as many as may be asked for, unlikely ones among them."""
    asked = await asker.see(top)
    if asker.quick:
        return (asked.sync, asked.stream)
    most = await chat(asker, repeat("hello"), **STEADY, logprobs=True, top_logprobs=MOST)
    return (asked.sync, asked.stream, most)


@probe
async def has_logprobs(asker: Asker) -> bool:
    """Whether logprobs are taken."""
    return accepts((await asker.see(top)).sync)
