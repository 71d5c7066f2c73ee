"""Which operations the probes of the suite ask, as seen on a right server: what asks none that is wrong is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from wirecheck.asking.probe import Probe, closure
from wirecheck.gathering import asking_order
from wirecheck.judging.pool import probes_of
from wirecheck.judging.requirement import requirements

from tests.drawing import sweeping_only
from tests.proof.judging import address, choice, judge

Asked = Mapping[str, frozenset[str]]
"""The operations that a probe asks by itself, by its name."""


def watched(url: str) -> Asked:
    """What the probes of a run ask of the right server at an address of `judging.serving`, in a run as by default."""
    with sweeping_only(()):
        _, sent = judge(address(url, None), choice("default"))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in sent:
        if each.operation is not None:
            found[each.intent.origin].add(each.operation.id)
    return {name: frozenset(names) for name, names in found.items()}


@contextmanager
def asking_only(asked: Asked, names: Collection[str], always: Collection[str] = ()) -> Iterator[None]:
    """Runs inside the block leave out probes that ask none of these operations, but for those of requirements `always`.

    Whatever is wrong at these operations alone, they would see a right server.
    """
    wanted = {probe for each in requirements() if each.id in always for probe in probes_of(each.on)}

    def fewer(*given: Any) -> list[Probe[Any]]:
        return [probe for probe in asking_order(*given) if probe in wanted or reaches(asked, probe, names)]

    with patch("wirecheck.gathering.asking_order", fewer):
        yield


def narrowed(
    asked: Asked, ids: Collection[str], names: Collection[str], always: Collection[str] = ()
) -> tuple[str, ...]:
    """Those of the requirements that are on no probe, or on one that asks one of these operations, or are `always`."""
    return tuple(
        each.id
        for each in requirements()
        if each.id in ids and (each.id in always or not isinstance(each.on, Probe) or reaches(asked, each.on, names))
    )


def reaches(asked: Asked, probe: Probe[Any], names: Collection[str]) -> bool:
    """Whether a probe, or one that it looks at, asks one of these operations."""
    return any(asked.get(each.name, frozenset()) & set(names) for each in closure([probe]))
