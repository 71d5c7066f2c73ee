"""Evidence that a whole run brings about, whoever asked: single exchanges, and records of several. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from wirecheck.asking.probe import Probe
from wirecheck.evidence.exchange import Exchange

T = TypeVar("T")


@dataclass(frozen=True)
class Pool:
    """The exchanges of a run that a sentence speaks of: `name` completes "no ... was seen".

    `fed_by` are the probes that bring such exchanges about, where nothing else in a run does.
    """

    name: str
    holds: Callable[[Exchange], bool]
    fed_by: tuple[Probe[Any], ...] = ()


@dataclass(frozen=True)
class Records(Generic[T]):
    """What several exchanges of a run say together, made of all of them in the order in which they were sent."""

    name: str
    make: Callable[[Sequence[Exchange]], Iterable[T]]
    fed_by: tuple[Probe[Any], ...] = ()


Evidence = Probe[Any] | Pool | Records[Any]


def probes_of(evidence: Evidence) -> tuple[Probe[Any], ...]:
    """The probes that have to be asked for the evidence."""
    return (evidence,) if isinstance(evidence, Probe) else evidence.fed_by
