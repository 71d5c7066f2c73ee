"""Chat without a stream: the plain answer, limits, stops, several choices, every documented field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.exchange import Exchange
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, accepts, chat, repeat

# Letters of one to four bytes in UTF-8, so that a stream that cuts characters is seen.
PHRASE = "The fox naïve, 日本語 and 🦊 said: 12 x 12 = 144."
# Far more than FEW tokens in any vocabulary.
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
FEW = 5
STOP = "ta gam"
STOPPED = "alpha beta gamma delta"
# What is left of it: all before the stop string.
KEPT = STOPPED.partition(STOP)[0]


@dataclass(frozen=True)
class Both:
    """The same request without and with a stream."""

    sync: Exchange
    stream: Exchange


@dataclass(frozen=True)
class Repeated:
    """The same deterministic request again and again, without a stream and as one."""

    syncs: tuple[Exchange, ...]
    streams: tuple[Exchange, ...]


@dataclass(frozen=True)
class Parts:
    """The same text as a string and as a list of parts."""

    string: Exchange
    parts: Exchange


@probe
async def minimal(asker: Asker) -> Exchange:
    """Nothing but what the contract requires."""
    return await chat(asker, "Reply with the single word: yes")


@probe
async def sync(asker: Asker) -> Exchange:
    """The plain answer that streams are compared with."""
    return await chat(asker, repeat(PHRASE), **STEADY)


@probe
async def again(asker: Asker) -> Both:
    """The same deterministic request twice."""
    first = await asker.see(sync)
    return Both(first, await chat(asker, repeat(PHRASE), **STEADY))


@probe
async def cut(asker: Asker) -> Both:
    """An answer cut by max_tokens."""
    fields = {**STEADY, "max_tokens": FEW}
    return Both(await chat(asker, repeat(LONG), **fields), await chat(asker, repeat(LONG), **fields, stream=True))


@probe
async def cut_by_completion_tokens(asker: Asker) -> tuple[Exchange, ...]:
    """An answer cut by the newer name of the same limit; in longer runs a stream too."""
    fields: dict[str, Any] = {key: value for key, value in STEADY.items() if key != "max_tokens"}
    fields["max_completion_tokens"] = FEW
    answer = await chat(asker, repeat(LONG), **fields)
    return (answer,) if asker.quick else (answer, await chat(asker, repeat(LONG), **fields, stream=True))


@probe
async def all_cut(asker: Asker) -> tuple[Exchange, ...]:
    """Answers without a stream cut by either name of the limit."""
    return ((await asker.see(cut)).sync, (await asker.see(cut_by_completion_tokens))[0])


@probe
async def parts(asker: Asker) -> Exchange:
    """The plain request with its content as text parts."""
    content = [{"type": "text", "text": repeat(PHRASE)}]
    return await chat(asker, [{"role": "user", "content": content}], **STEADY)


@probe
async def as_parts(asker: Asker) -> Parts:
    """The plain request with its content as a string, and as parts."""
    return Parts(await asker.see(sync), await asker.see(parts))


@probe
async def roles(asker: Asker) -> Exchange:
    """A conversation with a system message and an earlier turn."""
    messages = [
        {"role": "system", "content": "You repeat what you are told."},
        {"role": "user", "content": repeat("good morning")},
        {"role": "assistant", "content": "good morning"},
        {"role": "user", "content": repeat("good night")},
    ]
    return await chat(asker, messages, **STEADY)


@probe
async def developer(asker: Asker) -> Exchange:
    """The newer name of the system role."""
    messages = [
        {"role": "developer", "content": "You repeat what you are told."},
        {"role": "user", "content": repeat("good night")},
    ]
    return await chat(asker, messages, **STEADY)


@probe
async def documented(asker: Asker) -> Exchange:
    """Fields that official SDKs send and that ask for nothing unusual."""
    return await chat(
        asker,
        repeat("hello"),
        **STEADY,
        top_p=1,
        n=1,
        presence_penalty=0,
        frequency_penalty=0,
        logit_bias={},
        user="user-1",
        store=False,
        metadata={"purpose": "conformance"},
        stream=False,
        response_format={"type": "text"},
        stop=None,
    )


@probe
async def stopped(asker: Asker) -> Both:
    """A stop string that begins in the middle of one word and ends in the middle of the next.

    It stands in a list without a stream, and for itself in one: both forms are documented.
    """
    prompt = repeat(STOPPED)
    sync = await chat(asker, prompt, **STEADY, stop=[STOP])
    return Both(sync, await chat(asker, prompt, **STEADY, stop=STOP, stream=True))


@probe
async def ended(asker: Asker) -> tuple[Exchange, ...]:
    """Answers without a stream that no limit cuts: a whole one, and one that a stop string ends."""
    return (await asker.see(sync), (await asker.see(stopped)).sync)


@probe
async def various(asker: Asker) -> tuple[Exchange, ...]:
    """Answers to different requests, so that nothing may be kept and given twice."""
    answers = (await asker.see(sync), await asker.see(minimal))
    return (*answers, (await asker.see(cut)).stream, (await asker.see(stopped)).stream)


@probe
async def plain(asker: Asker) -> tuple[Exchange, ...]:
    """Answers in words."""
    return (await asker.see(sync), await asker.see(minimal))


@probe
async def several(asker: Asker) -> Both:
    """Two choices."""
    fields = {**STEADY, "n": 2}
    return Both(await chat(asker, repeat("yes"), **fields), await chat(asker, repeat("yes"), **fields, stream=True))


@probe
async def has_choices(asker: Asker) -> bool:
    """Whether n above 1 is taken."""
    return accepts((await asker.see(several)).sync)
