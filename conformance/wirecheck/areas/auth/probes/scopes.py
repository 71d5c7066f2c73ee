"""A key that is good for a part of the contract, tried at every operation that the server has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final, TypeVar
from urllib.parse import quote

from wirecheck.area import Keeping, keepings, model_of, smallest, sweeping_of
from wirecheck.asking.draft import Draft
from wirecheck.asking.ending import ending, ends
from wirecheck.asking.inbox import Receiver
from wirecheck.asking.probe import Asker, Probe, probe
from wirecheck.asking.target import Target
from wirecheck.contract.operations import JSON, Operation, operations
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import REFUSALS, Gone, Unseen

T = TypeVar("T")
CASE: Final = "a key with some scopes"
_KEEPINGS: Final = keepings()


@dataclass(frozen=True)
class Tried:
    """What a key got at an operation, and which of the scopes that it wants the key lacks: empty for none."""

    operation: str
    lacks: str
    answer: Exchange


@dataclass(frozen=True)
class Bearer:
    """An asker that asks with another key in place of the target's own."""

    asker: Asker
    key: str

    @property
    def target(self) -> Target:
        """As the asker's."""
        return self.asker.target

    @property
    def random(self) -> Random:
        """As the asker's."""
        return self.asker.random

    @property
    def quick(self) -> bool:
        """As the asker's."""
        return self.asker.quick

    @property
    def thorough(self) -> bool:
        """As the asker's."""
        return self.asker.thorough

    def leaves_out(self, probe: Probe[Any]) -> bool:
        """As the asker does."""
        return self.asker.leaves_out(probe)

    async def send(self, draft: Draft) -> Exchange:
        """Sends a request with the key."""
        return await self.asker.send(replace(draft, key=self.key))

    async def see(self, probe: Probe[T]) -> T:
        """What a probe saw, with the target's own key."""
        return await self.asker.see(probe)

    async def at_once(self, sends: Sequence[Awaitable[T]]) -> list[T]:
        """As the asker does."""
        return await self.asker.at_once(sends)

    async def until(self, done: Callable[[], Awaitable[bool]], seconds: float) -> bool:
        """As the asker does."""
        return await self.asker.until(done, seconds)

    async def receiver(self) -> Receiver:
        """As the asker's."""
        return await self.asker.receiver()


@dataclass
class _Trial:
    """A key and the scopes that it has, and what it got so far."""

    asker: Asker
    bearer: Bearer
    scopes: frozenset[str]
    seen: list[Tried] = field(default_factory=list)

    def lacks(self, operation: Operation) -> str:
        """The scopes that an operation wants and the key has not."""
        return " ".join(sorted(operation.scopes - self.scopes))

    async def ask(self, operation: Operation, path: str) -> None:
        """Tries an operation by a request that the target's own key may send."""
        body = _body(operation, self.asker.target)
        ends = sweeping_of(operation.id).ends(body)
        draft = Draft(operation.method, path, body, intent=Intent("", case=CASE), ends=ends)
        answer = await self.bearer.send(draft)
        lacks = self.lacks(operation)
        # What nobody gets there tells nothing of keys: a server need not have every operation.
        doubtful = answer.status in REFUSALS if lacks else answer.status == 403
        if not doubtful or 200 <= ((await self.asker.send(draft)).status or 0) < 300:
            self.seen.append(Tried(operation.id, lacks, answer))

    async def make(self, operation: Operation, keeping: Keeping, path: str) -> None:
        """Tries to make a thing, and ends it where it was made."""
        answer = await keeping.make(self.bearer, path, 0)
        self.seen.append(Tried(operation.id, self.lacks(operation), answer))
        if 200 <= (answer.status or 0) < 300:
            await self.delete(path, keeping.id_of(answer))

    async def delete(self, path: str, id_: str | None) -> None:
        """Deletes a thing, or cancels what cannot be deleted, whoever of the two has it."""
        one = f"{path}/{quote(id_ or '', safe='')}"
        if id_ is not None and ends(one):
            draft = ending(one)
            if (await self.asker.send(draft)).status == 404:
                await self.bearer.send(draft)


def _body(operation: Operation, target: Target) -> dict[str, Any] | None:
    """The smallest body that an operation takes, None where it takes none."""
    if JSON not in operation.request:
        return None
    how, body = sweeping_of(operation.id), smallest(operation)
    if "model" in operation.properties:
        body["model"] = model_of(operation, target)
    return how.spoken(how.cheap(body), target)


def _maker(keeping: Keeping) -> Operation | None:
    """The operation that makes things of a collection, None where they are made by the way, as stored chats are."""
    path = operations()[keeping.lists].path
    return next((each for each in operations().at(path) if each.method == "POST" and not each.stateless), None)


# Functions, no values: a document that extends the contract is read after this module.
def _makers() -> set[str]:
    return {maker.id for each in _KEEPINGS if (maker := _maker(each)) is not None}


def _plain() -> list[Operation]:
    return [each for each in operations() if each.scopes and "{" not in each.path and each.id not in _makers()]


def _of_models() -> list[Operation]:
    return [each for each in operations() if each.scopes and each.path.endswith("/{model}")]


def _below(keeping: Keeping) -> list[Operation]:
    return [each for each in operations().below(operations()[keeping.lists]) if each.id not in _makers()]


async def _try_things(trial: _Trial, keeping: Keeping) -> None:
    """Tries what is done with a thing of a collection, once the target's own key has made one."""
    asker, lists = trial.asker, operations()[keeping.lists]
    path = await keeping.within(asker) if keeping.within else lists.path
    if (maker := _maker(keeping)) is not None:
        await trial.make(maker, keeping, path)
    id_ = keeping.id_of(await keeping.make(asker, path, 0))
    if id_ is None:
        return
    try:
        for operation in _below(keeping):
            rest = operation.path.removeprefix(lists.path).partition("}")[2]
            await trial.ask(operation, f"{path}/{quote(id_, safe='')}{rest}")
    finally:
        await trial.delete(path, id_)


def _quick() -> int:
    # Twice what is tried, for what a server may lack.
    return 2 * len(_plain())


def _most() -> int:
    # And for each collection two things, made and deleted.
    return _quick() + 2 * len(_of_models()) + sum(2 * (len(_below(each)) + each.requests + 2) for each in _KEEPINGS)


@probe(_most, quick=_quick, sees=tuple(seen for each in _KEEPINGS for seen in (each.found, *each.sees)), slow=True)
async def narrow(asker: Asker) -> tuple[Tried, ...]:
    """A key with some scopes at every operation that wants one; in a quick run only where no thing is needed for it.

    What is done with a thing is tried where an area says how one is made.
    """
    key = asker.target.keys.get("narrow_key")
    if key is None:
        raise Unseen("no narrow_key is given, nor the scopes that it has (narrow_scopes)")
    scopes = frozenset(str(asker.target.owner.get("narrow_scopes", "")).split())
    trial = _Trial(asker, Bearer(asker, key), scopes)
    for operation in _plain():
        # What a key may make there would stay: nobody knows how to delete it.
        if operation.stateless or operation.scopes - scopes:
            await trial.ask(operation, operation.path)
    if not asker.quick:
        for operation in _of_models():
            await trial.ask(operation, operation.path.replace("{model}", quote(asker.target.model, safe="")))
        for keeping in _KEEPINGS:
            if not asker.leaves_out(keeping.found) and await _there(asker, keeping):
                try:
                    await _try_things(trial, keeping)
                except Gone:
                    raise
                except Unseen:
                    continue  # nothing could be made there
    if all(each.answer.status == 401 for each in trial.seen):
        raise Unseen("the narrow_key is refused wherever it is tried")
    return tuple(trial.seen)


async def _there(asker: Asker, keeping: Keeping) -> bool:
    try:
        return await asker.see(keeping.found)
    except Gone:
        raise
    except Unseen:
        return False
