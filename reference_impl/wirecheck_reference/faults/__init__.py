"""Faults: the reference server with one thing wrong. A module a topic; each `Fault` in one is found by itself."""

from __future__ import annotations

from functools import cache

from wirecheck_reference.faults.kinds.collection import collected, named
from wirecheck_reference.faults.kinds.fault import Fault


@cache
def all_faults() -> tuple[Fault, ...]:
    """Every fault, by area, topic and name. Raises `ValueError` where two have one name."""
    return collected(__name__, __path__, Fault)


def find_fault(name: str) -> Fault:
    """The fault of that name. Raises `KeyError` with a sentence for people."""
    return named(all_faults(), name, "fault")
