"""Chats that are kept, and one that is not: fetched, their messages, and lists of some of them. All are deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from wirecheck.areas.chat.asking import CHAT, STEADY, chat, repeat, send
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.chat.reading import documents, read
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, at, items
from wirecheck.evidence.unseen import Unseen, accepts

NOBODYS: Final = "no-such-model-7f3a"
MESSAGES: Final = (
    {"role": "system", "content": "Answer with the text alone."},
    {"role": "user", "content": repeat("stored 日本語")},
)


@dataclass(frozen=True)
class Kept:
    """A chat that was to be kept, it as it was fetched, and its messages."""

    answer: Exchange
    fetched: Exchange
    messages: Exchange | None = None


@dataclass(frozen=True)
class Narrowed:
    """Two chats that are kept, of unlike metadata, and lists: by the label of the first, by its model, by nobody's."""

    first: Exchange
    second: Exchange
    labelled: Exchange
    modelled: Exchange
    nobodys: Exchange


def id_of(answer: Exchange) -> str:
    """The id of a chat answer, whole or streamed; "" where it has none."""
    return next((id_ for each in documents(answer) if isinstance(id_ := at(each, "id"), str)), "")


def ids(page: Exchange) -> list[str]:
    """The ids of a page."""
    return [each for item in items(page.json, "data") if isinstance(each := at(item, "id"), str)]


def kept_by(exchange: Exchange) -> str | None:
    """The path of what a chat made that was to be stored; None for every other exchange."""
    stores = exchange.status == 200 and at(exchange.request.json, "store") is True
    return _path(exchange) if stores and exchange.request.path == CHAT and id_of(exchange) else None


async def store(asker: Asker, text: str, **fields: Any) -> Exchange:
    """A chat that is to be kept."""
    return await chat(asker, repeat(text), **{**STEADY, "store": True, **fields})


async def store_once(asker: Asker, text: str, **fields: Any) -> Exchange:
    """The same, whatever the model says: where it refuses to talk nothing is made a second time."""
    asked = dialect(asker.target).of({**STEADY, "store": True, **fields})
    return await send(asker, repeat(text), asked)


def _path(answer: Exchange) -> str:
    if answer.status != 200 or not id_of(answer):
        raise Unseen(f"no chat that could be kept: {answer}")
    return f"{CHAT}/{quote(id_of(answer), safe='')}"


@probe()
async def listed(asker: Asker) -> Exchange:
    """A page of stored completions."""
    return await asker.send(Draft("GET", f"{CHAT}?limit=1"))


@probe(0, sees=(listed,))
async def has_stored(asker: Asker) -> bool:
    """Whether the server lists what it stored."""
    answer = await asker.see(listed)
    return accepts(answer) and isinstance(answer.at("data"), list)


@probe(4)
async def whole(asker: Asker) -> Kept:
    """A chat of two messages without a stream that is kept."""
    answer = await chat(asker, [dict(each) for each in MESSAGES], **STEADY, store=True, metadata={"wirecheck": "whole"})
    path = _path(answer)
    fetched = await asker.send(Draft("GET", path))
    messages = await asker.send(Draft("GET", f"{path}/messages"))
    await asker.send(Draft("DELETE", path))
    return Kept(answer, fetched, messages)


@probe(3, quick=0)
async def streamed(asker: Asker) -> Kept:
    """A chat as a stream that is kept."""
    only_longer(asker)
    answer = await store(asker, "stored in pieces", stream=True)
    path = _path(answer)
    fetched = await asker.send(Draft("GET", path))
    await asker.send(Draft("DELETE", path))
    return Kept(answer, fetched)


@probe(2)
async def unasked(asker: Asker) -> Kept:
    """A chat that is not to be kept."""
    answer = await store(asker, "not stored", store=False)
    return Kept(answer, await asker.send(Draft("GET", _path(answer))))


@probe(7, quick=0)
async def narrowed(asker: Asker) -> Narrowed:
    """Lists of those with a label, and of those of a model."""
    only_longer(asker)
    label = f"{asker.random.getrandbits(48):012x}"
    first = await store(asker, "one", metadata={"wirecheck": label, "part": "one"})
    second = await store(asker, "two", metadata={"wirecheck": label, "part": "two"})
    paths = [_path(first), _path(second)]
    queries = (
        f"metadata%5Bwirecheck%5D={label}&metadata%5Bpart%5D=one",
        f"model={quote(asker.target.model, safe='')}&order=desc",
        f"model={NOBODYS}",
    )
    pages = [await asker.send(Draft("GET", f"{CHAT}?{query}")) for query in queries]
    for path in paths:
        await asker.send(Draft("DELETE", path))
    return Narrowed(first, second, *pages)


def told_by(answer: Exchange) -> dict[int, tuple[str, Any]]:
    """What each choice of an answer says, and why it ends."""
    return {index: (choice.text, choice.finish) for index, choice in read(answer).choices.items()}
