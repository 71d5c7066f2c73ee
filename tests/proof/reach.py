"""What of the suite reaches a fault: derived from the contract's tags and the folders of its rules. Sends nothing."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from wirecheck.areas.chat.probes import streaming
from wirecheck.asking.probe import closure
from wirecheck.contract.operations import operations
from wirecheck.contract.rules import sentences
from wirecheck.judging.pool import probes_of
from wirecheck.judging.requirement import Requirement, requirements

from tests.proof.judging import OWNER, Fault

# The probes that look at the time that a slow model takes.
_TIMED = (streaming.slow, streaming.left)


def folder(requirement: Requirement) -> str:
    """The folder of spec/rules that a requirement's sentence stands in."""
    return PurePosixPath(requirement.section.cites).parts[0]


def folders() -> frozenset[str]:
    """The folders of spec/rules."""
    return frozenset(PurePosixPath(each.section.cites).parts[0] for each in sentences().values())


@cache
def general() -> frozenset[str]:
    """The areas whose sentences are on every operation: those that no operation is tagged with."""
    return folders() - {tag for operation in operations() for tag in operation.tags}


def reaching(fault: Fault) -> tuple[str, ...]:
    """The ids of the requirements of the areas that the fault's operations belong to, and of the general areas."""
    areas = general() | {tag for name in fault.at for tag in operations()[name].tags}
    return tuple(each.id for each in requirements() if folder(each) in areas)


@cache
def _timed() -> frozenset[str]:
    """The requirements that speak of time."""
    return frozenset(each.id for each in requirements() if set(_TIMED) & set(closure(probes_of(each.on))))


def owner(fault: Fault) -> dict[str, str]:
    """What the suite is told of the models: of the slow one, which takes its time, where the fault is about time."""
    about_time = fault.kind in ("on_messages", "on_receive") or fault.breaks & _timed()
    return OWNER if about_time else {name: model for name, model in OWNER.items() if name != "slow_model"}
