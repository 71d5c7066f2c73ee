"""What of the suite reaches a fault: derived from the contract's tags and the folders of its rules. Sends nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import Final

from wirecheck.area import keepings
from wirecheck.areas.batches import probes as batches
from wirecheck.areas.chat.probes import concurrency, leaving, streaming
from wirecheck.areas.completions.probes import together
from wirecheck.asking.probe import Probe, closure
from wirecheck.contract.operations import operations
from wirecheck.contract.rules import sentences
from wirecheck.judging.pool import probes_of
from wirecheck.judging.requirement import Requirement, requirements

from tests.proof.judging import OWNER, Fault

# The areas whose sentences are on every collection.
KEPT: Final = frozenset({"kept", "idempotency"})
# The areas of the core that have operations, and what is served beside the API.
CORE: Final = frozenset({"chat", "models", "health", "docs"})
# The probes that look at the time that a slow model takes.
_TIMED = (streaming.slow, leaving.left, concurrency.callers, together.paced, batches.cancelled)


def folder(requirement: Requirement) -> str:
    """The folder of spec/rules that a requirement's sentence stands in."""
    return PurePosixPath(requirement.section.cites).parts[0]


def folders() -> frozenset[str]:
    """The folders of spec/rules."""
    return frozenset(PurePosixPath(each.section.cites).parts[0] for each in sentences().values())


@cache
def general() -> frozenset[str]:
    """The areas whose sentences are on every operation: those that no operation is tagged with, but for `KEPT`."""
    return folders() - {tag for operation in operations() for tag in operation.tags} - KEPT


@cache
def collections() -> frozenset[str]:
    """The areas that keep things."""
    return frozenset(tag for each in keepings() for tag in operations()[each.lists].tags)


def reached(areas: Iterable[str]) -> tuple[str, ...]:
    """The ids of the requirements of some areas, of the general ones, and of `KEPT` where one of them keeps things."""
    found = general() | frozenset(areas)
    return _of(found | KEPT if found & collections() else found)


def _of(folders_: Collection[str]) -> tuple[str, ...]:
    return tuple(each.id for each in requirements() if folder(each) in folders_)


def touched(at: Collection[str]) -> frozenset[str]:
    """The operations that what is wrong at some is tried at: those of the core stand for all, where it is all.

    `tox -e proof-full` tries all.
    """
    if set(at) < {each.id for each in operations()}:
        return frozenset(at)
    return frozenset(each.id for each in operations() if set(each.tags) & CORE)


def reaching(fault: Fault) -> tuple[str, ...]:
    """The ids of the requirements that a fault's operations come under, and of the areas that it names itself."""
    return reached(_areas(fault))


def near(fault: Fault) -> tuple[str, ...]:
    """The same without the general ones, but for those of areas that the fault names itself."""
    return _of(_areas(fault))


def _areas(fault: Fault) -> set[str]:
    named = {folder(each) for each in requirements() if each.id in fault.breaks}
    return named | {tag for name in touched(fault.at) for tag in operations()[name].tags}


def on_probes(ids: Collection[str]) -> bool:
    """Whether all of these requirements look at what a probe saw, and none at every answer of a run."""
    return all(isinstance(each.on, Probe) for each in requirements() if each.id in ids)


@cache
def _timed() -> frozenset[str]:
    """The requirements that speak of time."""
    return frozenset(each.id for each in requirements() if set(_TIMED) & set(closure(probes_of(each.on))))


def owner(fault: Fault) -> dict[str, str]:
    """What the suite is told of the models: of the slow one, which takes its time, where the fault is about time."""
    about_time = fault.kind in ("on_messages", "on_receive") or fault.breaks & _timed()
    return OWNER if about_time else {name: model for name, model in OWNER.items() if name != "slow_model"}
