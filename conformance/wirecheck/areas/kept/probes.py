"""The lives of things, one collection after the other: made, found, listed in both orders, changed, deleted.

What the contract cannot delete is followed as far as it goes, and cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from wirecheck.area import Keeping, keepings, of_every_collection, smallest
from wirecheck.areas.kept.reading import Life, Others, Page, Thing, Walk
from wirecheck.asking.draft import OWN, Draft
from wirecheck.asking.ending import ending, ends
from wirecheck.asking.probe import Asker, Probe, only_longer, probe
from wirecheck.contract.operations import JSON, Operation, operations
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

_THINGS: Final = 3
# More than the things of a run: what an account has beside them fills the page, and harms nothing.
_REST: Final = 10
# Beside what makes them: found (asked for up to four times), two pages, deleted, gone, unlisted; the others deleted.
_QUICK: Final = 4 + 5 + _THINGS - 1
# And: one more made and deleted, two pages the other way, nobody's `after`, a change and its look, a second deletion,
# three looks at nobody's id; and by another caller a page, with a look of one's own, beside all that is below an id.
_MORE: Final = 2 + 2 + 1 + 2 + 1 + 3 + 2
LABELS: Final = {"wirecheck": "changed"}
_KEEPINGS: Final = keepings()


@dataclass
class _Collection:
    """A collection that is asked, and which things of the run are in it."""

    asker: Asker
    path: str
    lists: Operation
    alive: list[Thing] = field(default_factory=list)

    async def make(self, keeping: Keeping, number: int) -> Thing:
        answer = await keeping.make(self.asker, self.path, number)
        id_ = keeping.id_of(answer)
        if answer.status not in (200, 201, 202) or id_ is None:
            raise Unseen(f"nothing could be made in {self.path}: {answer}")
        thing = Thing(id_, answer, keeping.place)
        self.alive.append(thing)
        return thing

    def has(self, method: str) -> bool:
        return operations().of(method, f"{self.path}/x") is not None

    async def one(self, method: str, id_: str, *, key: str | None = OWN, **body: Any) -> Exchange:
        path = f"{self.path}/{quote(id_, safe='')}"
        answer = await self.asker.send(Draft(method, path, body or None, key=key, intent=Intent("", case=method)))
        if method == "DELETE" and answer.status is not None and answer.status < 300:
            self.alive = [each for each in self.alive if each.id != id_]
        return answer

    async def nobodys(self, id_: str) -> tuple[Exchange, ...]:
        """What becomes of an id that nobody has: looked at, ended and, where that can be, changed."""
        path = f"{self.path}/{quote(id_, safe='')}"
        found = [await self.one("GET", id_)]
        if ends(path):
            found.append(await self.asker.send(ending(path, intent=Intent("", case="an id that nobody has"))))
        if self.has("POST"):
            found.append(await self.one("POST", id_, metadata=LABELS))
        return tuple(found)

    async def found(self, id_: str) -> Exchange:
        """A thing that was just made, for which two seconds are granted."""
        answers: list[Exchange] = []

        async def there() -> bool:
            answers.append(await self.one("GET", id_))
            return answers[-1].status != 404

        await self.asker.until(there, 2.0)
        return answers[-1]

    async def page(self, limit: int, *wanted: Thing, key: str | None = OWN, **query: str) -> Page:
        known = {each.name for each in self.lists.parameters if each.where == "query"}
        pairs = {"limit": str(limit), **{name: value for name, value in query.items() if name in known}}
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
        answer = await self.asker.send(Draft("GET", f"{self.path}?{asked}", key=key))
        return Page(answer, limit, tuple(each.id for each in wanted))

    async def clear(self) -> None:
        for path in [f"{self.path}/{quote(thing.id, safe='')}" for thing in self.alive]:
            if ends(path):
                await self.asker.send(ending(path))


def _life_of(keeping: Keeping) -> Probe[Life]:
    """The probe that follows things of a collection."""

    async def ask(asker: Asker) -> Life:
        lists = operations()[keeping.lists]
        if not keeping.quick:
            only_longer(asker)
        if not await asker.see(keeping.found):
            raise Unseen(f"the server has no {lists.path}")
        ordered = any(each.name == "order" for each in lists.parameters)
        follow = _lasting if not ordered else _short if asker.quick else _whole
        collection = _Collection(asker, await keeping.within(asker) if keeping.within else lists.path, lists)
        try:
            life = await follow(collection, keeping)
        finally:
            await collection.clear()
        return replace(life, says_deleted=keeping.says_deleted)

    made = _THINGS * keeping.requests

    def most() -> int:
        return made + keeping.requests + _QUICK + _MORE + len(operations().below(operations()[keeping.lists]))

    quick = made + _QUICK if keeping.quick else 0
    return Probe(f"kept.{keeping.lists}", ask, most, quick, (keeping.found, *keeping.sees), slow=True)


async def _short(collection: _Collection, keeping: Keeping) -> Life:
    one, two, three = [await collection.make(keeping, number) for number in range(_THINGS)]
    found = await collection.found(two.id)
    newest = Walk(
        await collection.page(2, three, two, order="desc"),
        await collection.page(2, one, order="desc", after=two.id),
    )
    deleted = await collection.one("DELETE", two.id)
    gone = await collection.one("GET", two.id)
    rest = await collection.page(_REST, three, one, order="desc")
    return Life(collection.lists.id, two, found, newest, deleted, gone, rest)


async def _whole(collection: _Collection, keeping: Keeping) -> Life:
    one, two, three = [await collection.make(keeping, number) for number in range(_THINGS)]
    found = await collection.found(two.id)
    first = await collection.page(2, three, two, order="desc")
    four = await collection.make(keeping, _THINGS)
    newest = Walk(first, await collection.page(2, one, order="desc", after=two.id))
    oldest = Walk(
        await collection.page(1, two, order="asc", after=one.id),
        await collection.page(100, three, four, order="asc", after=two.id),
    )
    nobody = _unlike(two.id)
    unknown = await collection.nobodys(nobody)
    changed: tuple[Exchange, ...] = ()
    if collection.has("POST"):
        changed = (await collection.one("POST", two.id, metadata=LABELS), await collection.one("GET", two.id))
    others = await _others(collection, one)
    deletes = collection.has("DELETE")
    deleted = await collection.one("DELETE", two.id) if deletes else None
    return Life(
        collection.lists.id,
        two,
        found,
        newest,
        deleted,
        await collection.one("GET", two.id) if deletes else None,
        await collection.page(_REST, four, three, one, order="desc"),
        oldest,
        await collection.one("DELETE", two.id) if deletes else None,
        await collection.page(2, order="desc", after=nobody),
        changed,
        unknown,
        others,
    )


async def _lasting(collection: _Collection, keeping: Keeping) -> Life:
    """A life without an end, in a list whose order nobody can ask for: it is walked whichever way it leads."""
    one, two, three = [await collection.make(keeping, number) for number in range(_THINGS)]
    found = await collection.found(two.id)
    shown = [each for each in (await collection.page(_REST)).ids if each in (one.id, three.id)]
    if shown[:1] == [three.id]:
        first = await collection.page(2, three, two)
        four = await collection.make(keeping, _THINGS)
        walk = Walk(first, await collection.page(2, one, after=two.id))
    else:
        first = await collection.page(1, two, after=one.id)
        four = await collection.make(keeping, _THINGS)
        walk = Walk(first, await collection.page(100, three, four, after=two.id))
    nobody = _unlike(two.id)
    return Life(
        collection.lists.id,
        two,
        found,
        walk,
        None,
        None,
        await collection.page(_REST),
        unknown_after=await collection.page(2, after=nobody),
        unknown=await collection.nobodys(nobody),
        others=await _others(collection, one),
    )


async def _others(collection: _Collection, thing: Thing) -> Others | None:
    """What a caller with the other key gets, where its owner gave one."""
    key = collection.asker.target.keys.get("other_key")
    if key is None:
        return None
    answers = []
    for operation in operations().below(collection.lists):
        rest = operation.path.removeprefix(collection.lists.path).partition("}")[2]
        labels = "metadata" in operation.properties
        body: Any = {"metadata": LABELS} if labels else smallest(operation) if JSON in operation.request else None
        path = f"{collection.path}/{quote(thing.id, safe='')}{rest}"
        intent = Intent("", case=operation.method)
        answers.append(await collection.asker.send(Draft(operation.method, path, body, key=key, intent=intent)))
    page = await collection.page(2, order="desc", key=key)
    return Others(thing, tuple(answers), page, await collection.one("GET", thing.id))


def _unlike(id_: str) -> str:
    """An id of the same form that nobody has: its letters and digits behind the prefix turned round."""
    head, dash, tail = id_.rpartition("-")
    turned = tail[::-1]
    return f"{head}{dash}{turned if turned != tail else tail + '0'}"


LIVES: Final[Mapping[str, Probe[Life]]] = {each.lists: _life_of(each) for each in _KEEPINGS}


@probe(0, sees=tuple(LIVES.values()))
async def lives(asker: Asker) -> tuple[Life, ...]:
    """What became of the things of every collection that the server has."""
    return await of_every_collection(asker, LIVES)


@probe(0, sees=tuple(each.found for each in _KEEPINGS))
async def has_kept(asker: Asker) -> bool:
    """Whether the server has any collection."""
    found = [await asker.see(each.found) for each in _KEEPINGS if not asker.leaves_out(each.found)]
    return any(found)


@probe(0, sees=(has_kept,))
async def has_tenants(asker: Asker) -> bool:
    """Whether the owner gave the key of another tenant, and there is what could be kept apart."""
    return "other_key" in asker.target.keys and await asker.see(has_kept)
