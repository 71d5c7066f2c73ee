"""Faults: the reference server with one thing wrong. A module a topic; each `Fault` in one is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from wirecheck_reference.faults.kinds.fault import Fault


@cache
def all_faults() -> tuple[Fault, ...]:
    """Every fault, by area, topic and name. Raises `ValueError` where two have one name."""
    found: dict[str, Fault] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for fault in vars(importlib.import_module(module.name)).values():
            if isinstance(fault, Fault):
                if fault.name in found:
                    raise ValueError(f"two faults are named {fault.name}")
                found[fault.name] = fault
    return tuple(sorted(found.values(), key=lambda fault: (fault.area, fault.topic, fault.name)))


def find_fault(name: str) -> Fault:
    """The fault of that name. Raises `KeyError` with a sentence for people."""
    for fault in all_faults():
        if fault.name == name:
            return fault
    raise KeyError(f"no fault is named {name!r}: `faults` lists them")
