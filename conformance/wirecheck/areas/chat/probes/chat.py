"""Chat without a stream: the plain answer, limits, stops, several choices, every documented field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from wirecheck.areas.chat.asking import OFFERED, PHRASE, STEADY, chat, repeat
from wirecheck.areas.chat.dialect import STEADYING
from wirecheck.areas.chat.effects import ignored, several_choices
from wirecheck.areas.chat.probes.dialect import learned
from wirecheck.areas.chat.reading import read
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, accepts_some, refuses

# Far more than FEW tokens in any vocabulary.
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
FEW = 5
# Short, so that JSON around each would cost more tokens than what it says; the first and the last have a word of their
# own.
PIECES = (
    *("Repeat exactly: apricot,", " one two three,", " four five six,", " seven eight nine,", " ten eleven,"),
    *(" red green blue,", " north south,", " east west,", " spring summer,", " autumn winter,", " walnut"),
)
STOP = "ta gam"
STOPPED = "alpha beta gamma delta"
# What is left of it: all before the stop string.
KEPT = STOPPED.partition(STOP)[0]
# So many letters of the model's own make a stop string, out of a text of at least so many.
_PIECE = 6
_ENOUGH = 24


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
class Own:
    """A chat with a stop string out of the model's own words, and what it said without; None where that varies."""

    said: str | None
    stop: str
    both: Both


@dataclass(frozen=True)
class Stops:
    """Chats with stop strings: one out of a text to be repeated, and one out of the model's own words."""

    given: Both
    own: Own | None = None


@dataclass(frozen=True)
class Several:
    """A longer text as a string, and as many parts."""

    string: Exchange
    parts: Exchange


@dataclass(frozen=True)
class Parts:
    """The same text as a string and as a list of one part; in longer runs another one in several."""

    string: Exchange
    parts: Exchange
    several: Several | None = None


@probe()
async def minimal(asker: Asker) -> Exchange:
    """A chat request of only the fields that the contract requires, from a client that offers codings."""
    return await chat(asker, "Reply with the single word: yes", headers=OFFERED)


@probe(sees=(learned,))
async def sync(asker: Asker) -> Exchange:
    """A chat without a stream whose prompt asks to repeat a phrase with letters of one to four bytes."""
    return (await asker.see(learned)).answer or await chat(asker, repeat(PHRASE), **STEADY)


@probe()
async def alive(asker: Asker) -> Exchange:
    """The chat that a run begins with, once more."""
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


async def parts_are_taken(asker: Asker) -> None:
    """Raises `Unseen` where the user's own text is not taken in parts, which `chat.text-parts` judges."""
    if (await asker.see(parts)).status != 200:
        raise Unseen("text in parts is not taken of the user either")


@probe(2, quick=0, sees=(sync, parts))
async def as_parts(asker: Asker) -> Parts:
    """The same chat with its content as a string and as one text part; in longer runs a longer one in many parts."""
    one = Parts(await asker.see(sync), await asker.see(parts))
    if asker.quick:
        return one
    several = [{"type": "text", "text": text} for text in PIECES]
    string = await chat(asker, "".join(PIECES), **STEADY)
    return replace(one, several=Several(string, await chat(asker, [{"role": "user", "content": several}], **STEADY)))


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


@probe(quick=0, sees=(stopped,))
async def has_stop(asker: Asker) -> bool:
    """Whether `stop` is taken, in longer runs of one word at least: a model may refuse it, if it says so."""
    seen = await asker.see(stopped)
    if not (refuses(seen.sync, "stop") and refuses(seen.stream, "stop")):
        return True
    return not asker.quick and not refuses(await chat(asker, repeat(STOPPED), **STEADY, stop=["END"]), "stop")


@probe(2, quick=0, sees=(stopped, again))
async def stops(asker: Asker) -> Stops:
    """The chat with the stop string; in longer runs one out of the model's own words, where it did not repeat ours."""
    given, twice = await asker.see(stopped), await asker.see(again)
    said = _said(twice.first)
    if asker.quick or KEPT in _said(given.sync) or len(said) < _ENOUGH:
        return Stops(given)
    steady = said == _said(twice.second)
    stop = piece_of(said) if steady else max(filter(str.isalpha, said), key=said.count, default="")
    if not stop:
        return Stops(given)
    fields = {**STEADY, "stop": stop}
    both = Both(await chat(asker, repeat(PHRASE), **fields), await chat(asker, repeat(PHRASE), **fields, stream=True))
    return Stops(given, Own(said if steady else None, stop, both))


def piece_of(said: str) -> str:
    """A few characters out of the later half of a text, without those that stand for bytes which are no text."""
    return max(said[len(said) // 2 :].split("\ufffd"), key=len)[:_PIECE]


def _said(answer: Exchange) -> str:
    try:
        return read(answer).first.text
    except Unseen:
        return ""


@probe(0, sees=(learned,))
async def has_max_tokens(asker: Asker) -> bool:
    """Whether `max_tokens` is taken: a model may want `max_completion_tokens` in its place."""
    return "max_tokens" not in (await asker.see(learned)).dialect.refused


@probe(0, sees=(learned,))
async def has_seed(asker: Asker) -> bool:
    """Whether a `seed` and a temperature of 0 are taken."""
    return (await asker.see(learned)).dialect.refused.isdisjoint(STEADYING)


@probe(0, sees=(sync, stopped))
async def ended(asker: Asker) -> tuple[Exchange, ...]:
    """Chats without a stream that no limit cuts: one that ends by itself, and one that a stop string ends."""
    return (await asker.see(sync), (await asker.see(stopped)).sync)


@probe(2, quick=0)
async def same_name(asker: Asker) -> Twice:
    """Two different chats with one `x-request-id`, as a client sends that tries again what it has changed."""
    only_longer(asker)
    headers = {"x-request-id": str(UUID(int=asker.random.getrandbits(128), version=4))}
    first = await chat(asker, repeat("good morning"), **STEADY, headers=headers)
    return Twice(first, await chat(asker, repeat("good evening"), **STEADY, headers=headers))


@probe(0, sees=(sync, minimal))
async def plain(asker: Asker) -> tuple[Exchange, ...]:
    """Answers in words to two chats without a stream."""
    return (await asker.see(sync), await asker.see(minimal))


@probe(2)
async def several(asker: Asker) -> Both:
    """A chat that asks for two choices, without and with a stream; at temperature 0 some servers know but one."""
    fields = {**STEADY, "temperature": 1, "n": 2}
    return Both(await chat(asker, repeat("yes"), **fields), await chat(asker, repeat("yes"), **fields, stream=True))


@probe(0, sees=(several,))
async def has_choices(asker: Asker) -> bool:
    """Whether n above 1 is taken and obeyed, without or with a stream."""
    seen = await asker.see(several)
    answers = (seen.sync, seen.stream)
    return accepts_some(answers) and not ignored(answers, several_choices)
