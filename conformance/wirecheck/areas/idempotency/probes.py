"""Requests that make something, sent again with their keys, for one collection after the other. All is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from wirecheck.area import Keeping, id_at, keepings, of_every_collection
from wirecheck.areas.idempotency.asking import Keyed, keyed
from wirecheck.asking.draft import OWN
from wirecheck.asking.ending import ending, ends
from wirecheck.asking.probe import Asker, Probe, only_longer, probe
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

LONGEST: Final = 255
_AT_ONCE: Final = 4
# Again; and of what was made two things deleted.
_QUICK: Final = 1 + 2
# And: some at once, one by another caller, one with a long key, and what they made deleted.
_MORE: Final = 2 * (_AT_ONCE + 1 + 1)
_KEEPINGS: Final = keepings()


@dataclass(frozen=True)
class Repeated:
    """A request that made something, sent again, and its key with another body.

    `at_once` are others with one key and one body, sent at once; `others` is another caller's with the key and the body
    of the first; `long` has too long a key. None and (): not asked for. `place` leads in an answer to what was made.
    """

    first: Exchange
    again: Exchange
    other: Exchange
    at_once: tuple[Exchange, ...] = ()
    others: Exchange | None = None
    long: Exchange | None = None
    place: tuple[str | int, ...] = ()

    def made(self, answer: Exchange) -> str | None:
        """The id of what one of the requests made; None where it made nothing."""
        return _made(answer, self.place)


def _repeating(keeping: Keeping) -> Probe[Repeated]:
    """The probe that sends again what makes a thing of a collection."""

    async def ask(asker: Asker) -> Repeated:
        path = operations()[keeping.lists].path
        if not keeping.quick:
            only_longer(asker)
        if not await asker.see(keeping.found):
            raise Unseen(f"the server has no {path}")
        where = await keeping.within(asker) if keeping.within else path
        sent: list[tuple[str | None, Exchange]] = []
        try:
            return await _repeat(asker, keeping, where, sent)
        finally:
            for key, id_ in dict.fromkeys((key, _made(answer, keeping.place)) for key, answer in sent):
                path = f"{where}/{quote(id_ or '', safe='')}"
                if id_ is not None and ends(path):
                    await asker.send(ending(path, key))

    most = 2 * keeping.requests + _QUICK + (keeping.requests if keeping.within else 0)
    name = f"idempotency.{keeping.lists}"
    return Probe(name, ask, most + _MORE, most if keeping.quick else 0, (keeping.found, *keeping.sees), slow=True)


async def _repeat(asker: Asker, keeping: Keeping, where: str, sent: list[tuple[str | None, Exchange]]) -> Repeated:
    """Asks for all; `sent` gets each answer, with the key of its caller."""
    key = _key(asker)
    one = Keyed(asker, key, "a request with an Idempotency-Key")
    first = await keeping.make(one, where, 0)
    sent.append((OWN, first))
    if one.sent is None or _made(first, keeping.place) is None:
        raise Unseen(f"nothing could be made with an Idempotency-Key in {where}: {first}")
    draft = one.sent

    async def send(key: str, case: str, caller: str | None = OWN) -> Exchange:
        answer = await asker.send(replace(keyed(draft, key, case), key=caller))
        sent.append((caller, answer))
        return answer

    again = await send(key, "the same request with the same Idempotency-Key")
    other = await keeping.make(Keyed(asker, key, "another body with the same Idempotency-Key"), where, 1)
    sent.append((OWN, other))
    if asker.quick:
        return Repeated(first, again, other, place=keeping.place)
    second, case = _key(asker), "one of those that are sent at once with the same Idempotency-Key"
    at_once = tuple(await asker.at_once([send(second, case) for _ in range(_AT_ONCE)]))
    foreign = asker.target.keys.get("other_key")
    others = await send(key, "another caller with the same Idempotency-Key", foreign) if foreign else None
    long = await send("k" * (LONGEST + 1), f"an Idempotency-Key of {LONGEST + 1} characters")
    return Repeated(first, again, other, at_once, others, long, keeping.place)


def _made(answer: Exchange, place: tuple[str | int, ...]) -> str | None:
    return id_at(answer, place) if answer.status in (200, 201, 202) else None


def _key(asker: Asker) -> str:
    """A key that nobody has used."""
    return f"wirecheck-{asker.random.getrandbits(96):024x}"


REPEATING: Final[Mapping[str, Probe[Repeated]]] = {each.lists: _repeating(each) for each in _KEEPINGS}


@probe(0, sees=tuple(REPEATING.values()))
async def repeated(asker: Asker) -> tuple[Repeated, ...]:
    """What became of requests that were sent again, of every collection that the server has."""
    return await of_every_collection(asker, REPEATING)


@probe(0, sees=(repeated,))
async def has_idempotency(asker: Asker) -> bool:
    """Whether keys count for anything: an answer is given again, or a key is refused with another body."""
    return any(
        each.made(each.again) == each.made(each.first)
        or each.again.header("idempotent-replayed") is not None
        or each.again.status in (409, 422)
        or each.other.status in (409, 422)
        for each in await asker.see(repeated)
    )
