"""Conversations: one from its beginning to its end, many items, wrong ones and all types of them, two side by side.

All are deleted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from wirecheck.areas.conversations.asking import CONVERSATIONS, SCRIPTS, Message, ids, path_in, path_of
from wirecheck.areas.conversations.steps import CALLS, OUTPUTS, REASONING, REFUSED, SHOWN, first_call
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone, Unseen, accepts

MOST: Final = 20
BEGUN: Final = (
    Message("system", "Answer briefly."),
    Message("user", SCRIPTS),
    Message("assistant", ("Here ", "you are.")),
)
ADDED: Final = (Message("user", "And then?"), Message("developer", ("Say no more.",)))
_LABELS: Final = {"wirecheck": "conversation"}
_ASC: Final = "items?order=asc&limit=100"
# As the official SDKs write it; of what is told on demand alone, what a sentence speaks of.
_INCLUDED: Final = "&include%5B%5D=message.input_image.image_url"
_ROLES: Final = ("user", "assistant")
_STEPS: Final = {
    "function calls and their outputs": (*CALLS, *OUTPUTS),
    "reasoning": (REASONING,),
    "a message with an image and a file": (SHOWN,),
    "a message with a refusal": (REFUSED,),
}


@dataclass(frozen=True)
class Life:
    """A conversation from its beginning to its end, and what was seen of it. None: not made, so not asked for.

    `whole` are its items with those that were added, `fetched` the first of the latter, which is deleted then, `rest`
    the items without it. `after` is the list of items once the conversation was deleted.
    """

    made: Exchange
    added: Exchange | None = None
    whole: Exchange | None = None
    fetched: Exchange | None = None
    deleted: Exchange | None = None
    rest: Exchange | None = None
    ended: Exchange | None = None
    after: Exchange | None = None


@dataclass(frozen=True)
class Many:
    """Twenty items at a time, the list of what came of them, and one more than twenty."""

    twenty: Exchange
    kept: Exchange | None
    more: Exchange


@dataclass(frozen=True)
class Wrong:
    """Conversations with a message of a role, and with an item of a type, that there is not."""

    role: Exchange
    type: Exchange


@dataclass(frozen=True)
class Two:
    """An item of one conversation, asked for and deleted in another."""

    item: str
    found: Exchange
    deleted: Exchange


@dataclass(frozen=True)
class Told:
    """The items of a conversation, and its messages of some roles.

    Beside its messages, `calls` (with their outputs), `reasoning`, what is `shown` in a message, and one that `refused`
    were added to it. The first of the calls was `fetched`, `deleted`, and asked for again. `whole` is what came with
    all that is told on demand, or without it, where that was not served.
    """

    whole: Exchange
    narrowed: tuple[tuple[str, Exchange], ...]
    calls: Exchange
    reasoning: Exchange
    shown: Exchange
    refused: Exchange
    fetched: Exchange | None = None
    deleted: Exchange | None = None
    gone: Exchange | None = None


def _body(messages: Iterable[Message]) -> dict[str, Any]:
    return {"items": [each.json for each in messages]}


@asynccontextmanager
async def begun(asker: Asker, body: Any, case: str = "", field: str | None = None) -> AsyncIterator[Exchange]:
    """A conversation; what was made of it is deleted with the block."""
    answer = await asker.send(Draft("POST", CONVERSATIONS, body, intent=Intent("", case=case, field=field)))
    path = path_of(answer)
    try:
        yield answer
    finally:
        if path is not None:
            try:
                await asker.send(Draft("DELETE", path, intent=Intent("", case="deleted again")))
            except Gone:
                path = None  # Nothing more is sent.


@probe(9)
async def life(asker: Asker) -> Life:
    """A conversation that begins, goes on, loses an item, and ends."""
    made = await asker.send(Draft("POST", CONVERSATIONS, {**_body(BEGUN), "metadata": _LABELS}))
    path = path_of(made)
    if path is None:
        return Life(made)
    added = await asker.send(Draft("POST", f"{path}/items", _body(ADDED)))
    whole = await asker.send(Draft("GET", f"{path}/{_ASC}"))
    fetched = deleted = rest = None
    if ids(added):
        one = path_in(path, ids(added)[0])
        fetched = await asker.send(Draft("GET", one))
        deleted = await asker.send(Draft("DELETE", one))
        rest = await asker.send(Draft("GET", f"{path}/{_ASC}"))
    ended = await asker.send(Draft("DELETE", path))
    after = await asker.send(Draft("GET", f"{path}/items"))
    return Life(made, added, whole, fetched, deleted, rest, ended, after)


@probe(0, sees=(life,))
async def has_conversations(asker: Asker) -> bool:
    """Whether there is a place for conversations: one that refuses this one is one."""
    made = (await asker.see(life)).made
    return made.status in (400, 422) or accepts(made)


@probe()
async def has_lists(asker: Asker) -> bool:
    """Whether the server lists conversations."""
    answer = await asker.send(Draft("GET", f"{CONVERSATIONS}?limit=1"))
    return accepts(answer) and isinstance(answer.at("data"), list)


async def make(asker: Asker, path: str, number: int) -> Exchange:
    """The n-th conversation of a run."""
    return await asker.send(Draft("POST", path, {"metadata": {"wirecheck": f"thing {number}"}}))


async def inside(asker: Asker) -> str:
    """The path of the items of a new conversation, which is deleted at the end of the run. Raises `Unseen`."""
    answer = await asker.send(Draft("POST", CONVERSATIONS, {}))
    path = path_of(answer)
    if path is None:
        raise Unseen(f"no conversation was made: {answer}")
    return f"{path}/items"


async def make_item(asker: Asker, path: str, number: int) -> Exchange:
    """The n-th item of a run in a conversation."""
    return await asker.send(Draft("POST", path, _body([Message("user", f"thing {number}")])))


@probe(5, quick=0, sees=(life,))
async def many(asker: Asker) -> Many:
    """As many items as may be sent at a time, and one more."""
    only_longer(asker)
    messages = [Message("user", f"message {number}") for number in range(MOST + 1)]
    async with begun(asker, _body(messages[:MOST]), f"{MOST} items") as twenty:
        path = path_of(twenty)
        kept = await asker.send(Draft("GET", f"{path}/{_ASC}")) if path else None
    async with begun(asker, _body(messages), f"{MOST + 1} items", "items") as more:
        return Many(twenty, kept, more)


@probe(4, quick=0, sees=(life,))
async def wrong(asker: Asker) -> Wrong:
    """A role and a type that there is not. What is taken is deleted."""
    only_longer(asker)
    role = {"items": [Message("user", "hello").json, Message("wirecheck", "hello").json]}
    kind = {"items": [Message("user", "hello").json, {"type": "wirecheck", "role": "user", "content": "hello"}]}
    async with begun(asker, role, "a role that there is not", "items") as first:
        pass
    async with begun(asker, kind, "a type that there is not", "items") as second:
        pass
    return Wrong(first, second)


@probe(7, quick=0, sees=(life,))
async def two(asker: Asker) -> Two:
    """Two conversations: an item of the first is asked for in the second, and deleted there."""
    only_longer(asker)
    async with begun(asker, _body(BEGUN[:1])) as first, begun(asker, _body(BEGUN[1:2])) as second:
        one, other = path_of(first), path_of(second)
        listed = await asker.send(Draft("GET", f"{one}/{_ASC}")) if one and other else None
        if other is None or not ids(listed):
            raise Unseen("no conversation with an item was made")
        path = path_in(other, ids(listed)[0])
        found = await asker.send(Draft("GET", path, intent=Intent("", case="an item of another conversation")))
        deleted = await asker.send(Draft("DELETE", path, intent=Intent("", case="an item of another conversation")))
        return Two(ids(listed)[0], found, deleted)


@probe(11 + len(_ROLES), quick=0, sees=(life,))
async def told(asker: Asker) -> Told:
    """A conversation of items of all types: each type is added by itself, so that a server may lack some."""
    only_longer(asker)
    async with begun(asker, _body([*BEGUN, *ADDED])) as made:
        path = path_of(made)
        if path is None:
            raise Unseen(f"no conversation was made: {made}")
        calls, reasoning, shown, refused = [
            await asker.send(Draft("POST", f"{path}/items", {"items": list(each)}, intent=Intent("", case=case)))
            for case, each in _STEPS.items()
        ]
        whole = await asker.send(Draft("GET", f"{path}/{_ASC}{_INCLUDED}"))
        if whole.status != 200:
            whole = await asker.send(Draft("GET", f"{path}/{_ASC}"))
        query = "order=asc&limit=100"
        narrowed = [
            (role, await asker.send(Draft("GET", f"{path}/messages?role={quote(role)}&{query}"))) for role in _ROLES
        ]
        fetched = deleted = gone = None
        call = first_call(calls)
        if call is not None:
            one = path_in(path, call[0])
            fetched = await asker.send(Draft("GET", one))
            deleted = await asker.send(Draft("DELETE", one))
            gone = await asker.send(Draft("GET", one))
        return Told(whole, tuple(narrowed), calls, reasoning, shown, refused, fetched, deleted, gone)


@probe(0, sees=(told,))
async def has_calls(asker: Asker) -> bool:
    """Whether conversations take function calls and their outputs."""
    return accepts((await asker.see(told)).calls)


@probe(0, sees=(told,))
async def has_reasoning(asker: Asker) -> bool:
    """Whether conversations take reasoning."""
    return accepts((await asker.see(told)).reasoning)


@probe(0, sees=(told,))
async def has_images(asker: Asker) -> bool:
    """Whether conversations take messages with images and files."""
    return accepts((await asker.see(told)).shown)


@probe(0, sees=(told,))
async def has_refusals(asker: Asker) -> bool:
    """Whether conversations take messages with refusals."""
    return accepts((await asker.see(told)).refused)
