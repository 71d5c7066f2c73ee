"""A key that its owner gave a small limit, asked until it is spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

MOST = 12


@dataclass(frozen=True)
class Spent:
    """The answers to one limited key, in order; the last is the first refusal where one came.

    `again` is one more request after a refusal, in the other mode; quick runs send none.
    """

    answers: tuple[Exchange, ...]
    again: tuple[Exchange, ...] = ()


@probe(MOST + 1, quick=MOST, slow=True)
async def spent(asker: Asker) -> Spent:
    """Chat with the limited key, streams in turn with plain answers, until it is refused."""
    key = asker.target.keys.get("limited_key")
    if key is None:
        raise Unseen("no limited_key is given")

    async def ask(number: int) -> Exchange:
        stream: dict[str, Any] = {"stream": True} if number % 2 else {}
        return await chat(asker, "hello", **STEADY, **stream, key=key, intent=Intent("", case="a limited key"))

    answers: list[Exchange] = []
    while len(answers) < MOST and all(each.status == 200 for each in answers):
        answers.append(await ask(len(answers)))
    refused = answers[-1].status != 200
    return Spent(tuple(answers), (await ask(len(answers)),) if refused and not asker.quick else ())


@probe(0)
async def has_limits(asker: Asker) -> bool:
    """Whether the owner gave a limited key."""
    return "limited_key" in asker.target.keys
