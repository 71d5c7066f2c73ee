"""What a requirement is, and the one list of them. Knows no server, no probe in particular, no report."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from wirecheck.exchange import Exchange
from wirecheck.probe import Pool, Probe

Level = Literal["MUST", "SHOULD"]

_KEYWORD = re.compile(r"\b(MUST|SHOULD)\b")
_ID = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Broken:
    """One violation: what was received and what is required, and the exchange that shows it."""

    message: str
    exchange: Exchange | None = None


Violations = Iterator[str | Broken]


@dataclass(frozen=True)
class Requirement:
    """One sentence of the contract and the function that judges it.

    `level` is the sentence's own keyword; `cites` names the section of spec/rules; `feature` is what a server must
    have to be
    judged by it; `on` is the evidence, and `check` a pure function of it that yields one item for each violation.
    `check` raises
    `wirecheck.probe.Unseen` where the evidence does not show what the sentence speaks of.
    """

    id: str
    level: Level
    statement: str
    cites: str
    feature: str
    on: Probe[Any] | Pool
    check: Callable[[Any], Violations]


_REGISTERED: dict[str, Requirement] = {}

Check = Callable[[Any], Violations]


def requirement(id: str, *, on: Probe[Any] | Pool, cites: str, feature: str) -> Callable[[Check], Check]:  # noqa: A002 - the field's name
    """Registers a function as the judge of the sentence in its docstring.

    Raises ValueError for an id that is taken or not `area.name`, and a sentence without exactly one keyword.
    """

    def register(check: Check) -> Check:
        statement = " ".join((inspect.getdoc(check) or "").split())
        keywords = _KEYWORD.findall(statement)
        if len(keywords) != 1:
            raise ValueError(f"{id}: the sentence has {len(keywords)} keywords, not one: {statement!r}")
        if id in _REGISTERED or not _ID.fullmatch(id):
            raise ValueError(f"{id}: taken, or not of the form area.name")
        _REGISTERED[id] = Requirement(id, keywords[0], statement, cites, feature, on, check)
        return check

    return register


@cache
def requirements() -> tuple[Requirement, ...]:
    """All requirements, in the order of the modules under `wirecheck.requirements` and of their lines."""
    package = importlib.import_module("wirecheck.requirements")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return tuple(sorted(_REGISTERED.values(), key=lambda each: (each.check.__module__, _line(each))))


def _line(each: Requirement) -> int:
    return inspect.getsourcelines(each.check)[1]
