"""What was seen of things that are kept: themselves, pages of their list, what others got, a whole life. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.evidence.exchange import Exchange, at, items


@dataclass(frozen=True)
class Thing:
    """A thing that a run made: its id, the answer to who made it, and where in that it stands."""

    id: str
    answer: Exchange
    place: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of a list, and which of the run's things, by id and in this order, it was to begin with."""

    answer: Exchange
    limit: int
    wanted: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        """The ids of its entries in order."""
        return [each for item in items(self.answer.json, "data") if isinstance(each := at(item, "id"), str)]


@dataclass(frozen=True)
class Others:
    """What another caller got who asked for a thing: for itself, and for it in the list; and its owner afterwards."""

    thing: Thing
    answers: tuple[Exchange, ...]
    page: Page
    after: Exchange


@dataclass(frozen=True)
class Walk:
    """Two pages of a list, the second behind the last of the run's things that the first was to hold."""

    first: Page
    second: Page

    @property
    def wanted(self) -> list[str]:
        """The run's things, by id, that both were to hold, in this order."""
        return [*self.first.wanted, *self.second.wanted]

    @property
    def walked(self) -> list[str]:
        """Those of them that they hold, as they come."""
        return [each for page in (self.first, self.second) for each in page.ids if each in self.wanted]


@dataclass(frozen=True)
class Life:
    """What became of a thing of one collection that was made between two others.

    `lists` is the operation that lists them, by its operationId. `newest` are pages from the newest on, `oldest` from
    the oldest of the run on, `rest` a page after the thing was deleted; a fourth was made within `newest`. A list whose
    order nobody can ask for is walked as it comes, in `newest` alone. None and (): not asked for, as all of a deletion
    is where the contract has none. `says_deleted`: the contract has `deleted` in the answer to a deletion.
    """

    lists: str
    thing: Thing
    found: Exchange
    newest: Walk
    deleted: Exchange | None
    gone: Exchange | None
    rest: Page
    oldest: Walk | None = None
    deleted_again: Exchange | None = None
    unknown_after: Page | None = None
    changed: tuple[Exchange, ...] = ()
    unknown: tuple[Exchange, ...] = ()
    others: Others | None = None
    says_deleted: bool = True

    @property
    def walks(self) -> tuple[Walk, ...]:
        """The pages in both orders."""
        return (self.newest,) if self.oldest is None else (self.newest, self.oldest)
