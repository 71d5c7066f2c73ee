"""Learns how the model wants to be asked, before all else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from wirecheck.areas.chat.asking import PHRASE, STEADY, repeat, send
from wirecheck.areas.chat.dialect import LIMITS, ROOM, STEADYING, Dialect
from wirecheck.areas.chat.reading import read
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

MOST: Final = 6
"""The most requests that learning takes."""

_REFUSED: Final = (400, 422)
# Of a window that is known, thoughts get at most this part.
_PART: Final = 4


@dataclass(frozen=True)
class Learned:
    """The dialect, and the answer that was got in it; None where there is none yet."""

    dialect: Dialect
    answer: Exchange | None = None


class _Learner:
    """Asks the same in one dialect after the other, `MOST` times at most."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.left = MOST

    async def ask(self, dialect: Dialect, *names: str) -> Exchange:
        """Asks with the fields of these names out of `STEADY`."""
        self.left -= 1
        fields = dialect.of({name: STEADY[name] for name in names})
        # Whether a field is refused is what is to be learned: no sentence asks for either.
        return await send(self.asker, repeat(PHRASE), fields, intent=Intent("", "learning what the model takes"))


@probe(MOST)
async def learned(asker: Asker) -> Learned:
    """Which limit, temperature and seed the model takes, and whether it thinks before it speaks."""
    learner = _Learner(asker)
    dialect = Dialect()
    answer = await learner.ask(dialect, *STEADY)
    while answer.status in _REFUSED and learner.left:
        named = _named(answer)
        if named is None:
            return Learned(await _one_by_one(learner))
        dialect = _without(dialect, named)
        answer = await learner.ask(dialect, *STEADY)
    if answer.status != 200:
        return Learned(Dialect())
    if _thinks(answer):
        dialect = replace(dialect, room=_room(asker))
        if not learner.left:
            return Learned(dialect)
        answer = await learner.ask(dialect, *STEADY)
    return Learned(dialect, answer if answer.status == 200 else None)


@probe(0, sees=(learned,))
async def spoken(asker: Asker) -> Dialect:
    """The dialect of the model."""
    return (await asker.see(learned)).dialect


async def _one_by_one(learner: _Learner) -> Dialect:
    """What a model takes that does not say what it refuses."""
    if (await learner.ask(Dialect())).status != 200:
        return Dialect()
    refused: set[str] = set()
    for limit in LIMITS:
        if (await learner.ask(Dialect(limit), LIMITS[0])).status == 200:
            break
        refused.add(limit)
    for name in STEADYING:
        if learner.left and (await learner.ask(Dialect(), name)).status != 200:
            refused.add(name)
    return Dialect(next((limit for limit in LIMITS if limit not in refused), ""), frozenset(refused))


def _without(dialect: Dialect, name: str) -> Dialect:
    refused = dialect.refused | {name}
    return Dialect(next((limit for limit in LIMITS if limit not in refused), ""), refused)


def _named(answer: Exchange) -> str | None:
    """The field of the request that a refusal names: as its `param`, else first in its message."""
    body = answer.request.json
    sent = [name for name in (*LIMITS, *STEADYING) if isinstance(body, dict) and name in body]
    param: Any = answer.at("error", "param")
    if param in sent:
        return str(param)
    message = answer.at("error", "message")
    places = {name: message.find(name) for name in sent} if isinstance(message, str) else {}
    return min((name for name, place in places.items() if place >= 0), key=lambda name: places[name], default=None)


def _thinks(answer: Exchange) -> bool:
    try:
        return read(answer).thought
    except Unseen:
        return False


def _room(asker: Asker) -> int:
    window = asker.target.owner.get("context_window")
    return min(ROOM, window // _PART) if isinstance(window, int) else ROOM
