"""The fields of a chat request one at a time, at the edges of what the schema allows and just beyond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import CHAT, ends
from wirecheck.areas.chat.dialect import LIMITS, dialect
from wirecheck.areas.validation import edges
from wirecheck.areas.validation.edges import Edge
from wirecheck.areas.validation.probes import plain
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent

_NULLS = {name: group for name, group in edges.groups().items() if name.startswith("null")}
_OTHERS = {name: group for name, group in edges.groups().items() if name not in _NULLS}


@dataclass(frozen=True)
class Tried:
    """Legal values: in requests that hold many of them and, of those that were not served, each in one of its own."""

    together: tuple[tuple[tuple[Edge, ...], Exchange], ...]
    alone: tuple[tuple[Edge, Exchange], ...]


@dataclass(frozen=True)
class Mistyped:
    """Values of wrong types, each in a request of its own."""

    answers: tuple[tuple[Edge, Exchange], ...]


def _cost(groups: Iterable[tuple[Edge, ...]]) -> int:
    return sum(1 + len(group) for group in groups)


async def _ask(asker: Asker, fields: dict[str, Any], intent: Intent) -> Exchange:
    messages = [{"role": "user", "content": "Reply with the single word: yes"}]
    limit = {} if fields.keys() & set(LIMITS) else dialect(asker.target).of({LIMITS[0]: 5})
    body = {"model": asker.target.model, "messages": messages, **limit, **fields}
    return await asker.send(Draft("POST", CHAT, json=body, intent=intent, ends=ends(body)))


async def _tried(asker: Asker, groups: Iterable[tuple[str, tuple[Edge, ...]]]) -> Tried:
    """Each group in one request; where that is not served, each of its values alone: that tells which it is."""
    only_longer(asker)
    together: list[tuple[tuple[Edge, ...], Exchange]] = []
    alone: list[tuple[Edge, Exchange]] = []
    for name, group in groups:
        fields = {key: value for edge in group for key, value in edges.with_needed(edge).items()}
        intent = Intent("", case=f"fields at their {name.partition(' ')[0]}")
        together.append((group, await _ask(asker, fields, intent)))
        if together[-1][1].status != 200:
            alone += [(edge, await _ask(asker, edges.with_needed(edge), Intent("", case=edge.case))) for edge in group]
    return Tried(tuple(together), tuple(alone))


@probe(_cost(_NULLS.values()), quick=0)
async def nulls(asker: Asker) -> Tried:
    """A chat with every field null that may be; where it is refused, one for each field."""
    return await _tried(asker, _NULLS.items())


@probe(_cost(_OTHERS.values()), quick=0)
async def at_the_edges(asker: Asker) -> Tried:
    """Chats with fields at their least, at their greatest and in other forms; where one is refused, one for each."""
    return await _tried(asker, _OTHERS.items())


@probe(2 + len(edges.spelled()), quick=0, rough=True)
async def wrong_types(asker: Asker) -> Mistyped:
    """Chats with one field of a wrong type each, most of which spell out a right value; a plain one before and behind.

    A server must have JSON's types apart: `"5"` is no number, and 1 is not true.
    """
    only_longer(asker)
    await plain(asker)
    found = []
    for edge in edges.spelled():
        intent = Intent("", case=edge.case, valid=False, field=edge.field)
        found.append((edge, await _ask(asker, {edge.field: edge.value}, intent)))
    await plain(asker)
    return Mistyped(tuple(found))
