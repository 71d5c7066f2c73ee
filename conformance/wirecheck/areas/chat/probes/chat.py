"""Chat without a stream: the plain answer, limits, stops, several choices, every documented field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import accepts

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
class Twice:
    """The same request without a stream, asked a second time."""

    first: Exchange
    second: Exchange


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


@probe()
async def minimal(asker: Asker) -> Exchange:
    """A chat request of only the fields that the contract requires."""
    return await chat(asker, "Reply with the single word: yes")


@probe()
async def sync(asker: Asker) -> Exchange:
    """A chat without a stream whose prompt asks to repeat a phrase with letters of one to four bytes."""
    return await chat(asker, repeat(PHRASE), **STEADY)


@probe(sees=(sync,))
async def again(asker: Asker) -> Twice:
    """The same deterministic chat without a stream, twice."""
    first = await asker.see(sync)
    return Twice(first, await chat(asker, repeat(PHRASE), **STEADY))


@probe(2)
async def cut(asker: Asker) -> Both:
    """A chat whose answer max_tokens cuts, without and with a stream."""
    fields = {**STEADY, "max_tokens": FEW}
    return Both(await chat(asker, repeat(LONG), **fields), await chat(asker, repeat(LONG), **fields, stream=True))


@probe(2, quick=1)
async def cut_by_completion_tokens(asker: Asker) -> tuple[Exchange, ...]:
    """A chat whose answer max_completion_tokens cuts; in longer runs as a stream too."""
    fields: dict[str, Any] = {key: value for key, value in STEADY.items() if key != "max_tokens"}
    fields["max_completion_tokens"] = FEW
    answer = await chat(asker, repeat(LONG), **fields)
    return (answer,) if asker.quick else (answer, await chat(asker, repeat(LONG), **fields, stream=True))


@probe(0, sees=(cut, cut_by_completion_tokens))
async def all_cut(asker: Asker) -> tuple[Exchange, ...]:
    """Chats without a stream whose answers max_tokens and max_completion_tokens cut."""
    return ((await asker.see(cut)).sync, (await asker.see(cut_by_completion_tokens))[0])


@probe()
async def parts(asker: Asker) -> Exchange:
    """A chat whose content is a list of one text part."""
    content = [{"type": "text", "text": repeat(PHRASE)}]
    return await chat(asker, [{"role": "user", "content": content}], **STEADY)


@probe(0, sees=(sync, parts))
async def as_parts(asker: Asker) -> Parts:
    """The same chat with its content as a string, and as a list of one text part."""
    return Parts(await asker.see(sync), await asker.see(parts))


@probe()
async def roles(asker: Asker) -> Exchange:
    """A chat with a system message and an earlier turn."""
    messages = [
        {"role": "system", "content": "You repeat what you are told."},
        {"role": "user", "content": repeat("good morning")},
        {"role": "assistant", "content": "good morning"},
        {"role": "user", "content": repeat("good night")},
    ]
    return await chat(asker, messages, **STEADY)


@probe()
async def developer(asker: Asker) -> Exchange:
    """A chat with a developer message in place of a system message."""
    messages = [
        {"role": "developer", "content": "You repeat what you are told."},
        {"role": "user", "content": repeat("good night")},
    ]
    return await chat(asker, messages, **STEADY)


@probe()
async def documented(asker: Asker) -> Exchange:
    """A chat with documented fields that official SDKs send, at values that ask for nothing unusual."""
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
        stream=False,
        response_format={"type": "text"},
        stop=None,
    )


@probe(2)
async def stopped(asker: Asker) -> Both:
    """A chat with a stop string that begins in the middle of one word and ends in the middle of the next.

    Without a stream it stands in a list, with a stream by itself: both forms are documented.
    """
    prompt = repeat(STOPPED)
    sync = await chat(asker, prompt, **STEADY, stop=[STOP])
    return Both(sync, await chat(asker, prompt, **STEADY, stop=STOP, stream=True))


@probe(0, sees=(sync, stopped))
async def ended(asker: Asker) -> tuple[Exchange, ...]:
    """Chats without a stream that no limit cuts: one that ends by itself, and one that a stop string ends."""
    return (await asker.see(sync), (await asker.see(stopped)).sync)


@probe(0, sees=(sync, minimal, cut, stopped))
async def various(asker: Asker) -> tuple[Exchange, ...]:
    """Answers to four different chats, two of them streams."""
    answers = (await asker.see(sync), await asker.see(minimal))
    return (*answers, (await asker.see(cut)).stream, (await asker.see(stopped)).stream)


@probe(0, sees=(sync, minimal))
async def plain(asker: Asker) -> tuple[Exchange, ...]:
    """Answers in words to two chats without a stream."""
    return (await asker.see(sync), await asker.see(minimal))


@probe(2)
async def several(asker: Asker) -> Both:
    """A chat that asks for two choices, without and with a stream."""
    fields = {**STEADY, "n": 2}
    return Both(await chat(asker, repeat("yes"), **fields), await chat(asker, repeat("yes"), **fields, stream=True))


@probe(0, sees=(several,))
async def has_choices(asker: Asker) -> bool:
    """Whether n above 1 is taken."""
    return accepts((await asker.see(several)).sync)
