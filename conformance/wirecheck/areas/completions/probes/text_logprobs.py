"""Log probabilities of a text, and of its prompt where that is echoed."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.asking import repeat
from wirecheck.areas.chat.probes.chat import LONG, Both
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.areas.completions.probes import echoes
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import accepts_some

TOP = 2


@dataclass(frozen=True)
class Behind:
    """The answers to `logprobs` with `echo`; none where the server does not echo."""

    answers: tuple[Exchange, ...]


@probe(2)
async def told(asker: Asker) -> Both:
    """A text with two alternatives for each token, without a stream and as one."""
    fields = {**STEADY, "max_tokens": 12, "logprobs": TOP}
    prompt = repeat(LONG)
    return Both(await complete(asker, prompt, **fields), await complete(asker, prompt, **fields, stream=True))


@probe(0, sees=(told,))
async def has_logprobs(asker: Asker) -> bool:
    """Whether `logprobs` are taken, without a stream or in one."""
    seen = await asker.see(told)
    return accepts_some((seen.sync, seen.stream))


@probe(quick=0, sees=(told,))
async def plain(asker: Asker) -> tuple[Exchange, ...]:
    """The text without a stream; in longer runs two in a list, too."""
    one = (await asker.see(told)).sync
    fields = {**STEADY, "max_tokens": 8, "logprobs": TOP}
    return (one,) if asker.quick else (one, await complete(asker, [repeat(LONG), repeat("hello")], **fields))


@probe(2, quick=1, sees=(echoes.has_echo,))
async def behind(asker: Asker) -> Behind:
    """A text with `logprobs` and `echo`, without a stream; in longer runs as one, too."""
    if not await asker.see(echoes.has_echo):
        return Behind(())
    fields = {**STEADY, "max_tokens": 8, "logprobs": 1, "echo": True}
    answer = await complete(asker, echoes.PROMPT, **fields)
    return Behind((answer,) if asker.quick else (answer, await complete(asker, echoes.PROMPT, **fields, stream=True)))


@probe(0, sees=(told, behind))
async def everywhere(asker: Asker) -> tuple[Exchange, ...]:
    """All texts with `logprobs`."""
    seen = await asker.see(told)
    return (seen.sync, seen.stream, *(await asker.see(behind)).answers)
