"""One text to be continued: without a stream and as one, again, counted, with nothing but what must be given."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.asking import PHRASE, repeat
from wirecheck.areas.chat.probes.chat import LONG
from wirecheck.areas.completions.asking import STEADY, complete
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import accepts

PROMPT = repeat(PHRASE)
# The tokens of an answer whose limit is not given (OpenAI API reference, Create completion: max_tokens).
USUAL = 16


@dataclass(frozen=True)
class Counted:
    """The same request without a stream, as one that is to count, and as one that is not."""

    sync: Exchange
    counted: Exchange
    uncounted: Exchange


@probe()
async def plain(asker: Asker) -> Exchange:
    """A text to be continued that asks to repeat a phrase with letters of one to four bytes."""
    return await complete(asker, PROMPT, **STEADY)


@probe(0, sees=(plain,))
async def has_completions(asker: Asker) -> bool:
    """Whether the server continues texts."""
    return accepts(await asker.see(plain))


@probe()
async def streamed(asker: Asker) -> Exchange:
    """The same as a stream."""
    return await complete(asker, PROMPT, **STEADY, stream=True)


@probe()
async def counted(asker: Asker) -> Exchange:
    """The same as a stream with `stream_options.include_usage`."""
    return await complete(asker, PROMPT, **STEADY, stream=True, stream_options={"include_usage": True})


@probe(0, sees=(plain, streamed, counted))
async def all_counted(asker: Asker) -> Counted:
    """The same without a stream, counted in one, and as one that is not counted."""
    return Counted(await asker.see(plain), await asker.see(counted), await asker.see(streamed))


@probe(quick=0)
async def minimal(asker: Asker) -> Exchange:
    """A long text to be repeated, with no word of how much of it."""
    only_longer(asker)
    return await complete(asker, repeat(" ".join([LONG] * 2)))
