"""Faults: the reference server with one thing wrong. A module an area; each `Fault` in one is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Final

from wirecheck_reference.faults.fault import Fault

_MECHANISM: Final = frozenset({"fault", "hanging_up", "parts", "sse", "wrapping"})


@cache
def all_faults() -> tuple[Fault, ...]:
    """Every fault, by area and name. Raises `ValueError` where two have one name."""
    found: dict[str, Fault] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if module in _MECHANISM:
            continue
        for fault in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if isinstance(fault, Fault):
                if fault.name in found:
                    raise ValueError(f"two faults are named {fault.name}")
                found[fault.name] = fault
    return tuple(sorted(found.values(), key=lambda fault: (fault.area, fault.name)))


def find_fault(name: str) -> Fault:
    """The fault of that name. Raises `KeyError` with a sentence for people."""
    for fault in all_faults():
        if fault.name == name:
            return fault
    raise KeyError(f"no fault is named {name!r}: `faults` lists them")
