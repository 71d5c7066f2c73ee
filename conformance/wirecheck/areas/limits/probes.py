"""A key that its owner gave a small limit, asked until it is spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import STEADY, chat, chat_bytes
from wirecheck.areas.models.asking import MODELS
from wirecheck.areas.models.probes import UNKNOWN
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

MOST = 12


@dataclass(frozen=True)
class Spent:
    """The answers to one limited key, in order; the last is the first refusal where one came.

    `again` is one more request after a refusal, in the other mode; `mistakes` are requests before all of these that
    cannot be served, between them one with the run's own key. Quick runs send neither.
    """

    answers: tuple[Exchange, ...]
    again: tuple[Exchange, ...] = ()
    mistakes: tuple[Exchange, ...] = ()


@probe(MOST + 1 + 3, quick=MOST, slow=True)
async def spent(asker: Asker) -> Spent:
    """Chat with the limited key, streams in turn with plain answers, until it is refused; two mistakes before."""
    key = asker.target.keys.get("limited_key")
    if key is None:
        raise Unseen("no limited_key is given")

    async def ask(number: int) -> Exchange:
        stream: dict[str, Any] = {"stream": True} if number % 2 else {}
        return await chat(asker, "hello", **STEADY, **stream, key=key, intent=Intent("", case="a limited key"))

    mistakes = () if asker.quick else await _mistakes(asker, key)
    answers: list[Exchange] = []
    while len(answers) < MOST and all(each.status == 200 for each in answers):
        answers.append(await ask(len(answers)))
    refused = answers[-1].status != 200
    again = (await ask(len(answers)),) if refused and not asker.quick else ()
    return Spent(tuple(answers), again, mistakes)


async def _mistakes(asker: Asker, key: str) -> tuple[Exchange, Exchange]:
    """A model that there is not and broken JSON, with the limited key; in between a list with the run's own."""
    intent = Intent("", case="a limited key")
    unknown = await asker.send(Draft("GET", f"{MODELS}/{UNKNOWN}", key=key, intent=intent))
    await asker.send(Draft("GET", MODELS))
    return unknown, await chat_bytes(asker, b"{", key=key, intent=intent)


@probe(0)
async def has_limits(asker: Asker) -> bool:
    """Whether the owner gave a limited key."""
    return "limited_key" in asker.target.keys
