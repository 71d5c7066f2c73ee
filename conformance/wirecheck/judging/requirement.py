"""What a requirement is, and the one list of them. Knows no server, no probe in particular, no report."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, overload

from wirecheck.area import areas
from wirecheck.asking.probe import Probe
from wirecheck.contract.rules import Section, sentences
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Evidence, Pool, Records

T = TypeVar("T")

Level = Literal["MUST", "SHOULD"]

_KEYWORD = re.compile(r"\b(MUST|SHOULD)\b")
_ID = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Broken:
    """One violation: what was received and what is required, and the exchange that shows it.

    `before` is the one that must be sent before it to see the same again.
    """

    message: str
    exchange: Exchange | None = None
    before: Exchange | None = None


Violations = Iterator[str | Broken]


@dataclass(frozen=True)
class Requirement:
    """One sentence of the contract and the function that judges it.

    `level` is the sentence's own keyword, `section` where it stands; `feature` is what a server must have to be judged
    by it; `on` is the evidence, and `check` a pure function of it that yields one item for each violation. `check`
    raises `wirecheck.evidence.unseen.Unseen` where the evidence does not show what the sentence speaks of.
    """

    id: str
    level: Level
    statement: str
    section: Section
    feature: str
    on: Evidence
    check: Callable[[Any], Violations]


_REGISTERED: dict[str, Requirement] = {}

Check = Callable[[T], Violations]


@overload
def requirement(id: str, *, on: Probe[T] | Records[T], feature: str) -> Callable[[Check[T]], Check[T]]: ...


@overload
def requirement(id: str, *, on: Pool, feature: str) -> Callable[[Check[Exchange]], Check[Exchange]]: ...


def requirement(id: str, *, on: Evidence, feature: str) -> Callable[[Check[Any]], Check[Any]]:  # noqa: A002 - as rules call it
    """Registers a function as the judge of the sentence in its docstring: that of the same id in spec/rules.

    The evidence fixes the type of the function's argument. Raises ValueError for an id that is taken or not
    `area.name` or not in spec/rules, and a sentence without exactly one keyword.
    """

    def register(check: Check[Any]) -> Check[Any]:
        statement = " ".join((inspect.getdoc(check) or "").split())
        keywords = _KEYWORD.findall(statement)
        if len(keywords) != 1:
            raise ValueError(f"{id}: the sentence has {len(keywords)} keywords, not one: {statement!r}")
        if id in _REGISTERED or not _ID.fullmatch(id):
            raise ValueError(f"{id}: taken, or not of the form area.name")
        if id not in sentences():
            raise ValueError(f"{id}: spec/rules has no sentence of this id")
        _REGISTERED[id] = Requirement(id, keywords[0], statement, sentences()[id].section, feature, on, check)
        return check

    return register


@cache
def requirements() -> tuple[Requirement, ...]:
    """All requirements, in the order of the areas, of their modules of requirements and of the lines there."""
    for name in areas():
        module = importlib.import_module(f"wirecheck.areas.{name}.requirements")
        for inner in pkgutil.iter_modules(getattr(module, "__path__", ())):
            importlib.import_module(f"{module.__name__}.{inner.name}")
    return tuple(sorted(_REGISTERED.values(), key=lambda each: (each.check.__module__, _line(each))))


def _line(each: Requirement) -> int:
    return inspect.getsourcelines(each.check)[1]
