"""All faults, or all variants, that the modules of a package declare. Knows none by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from typing import TypeVar

from wirecheck_reference.faults.kinds.alteration import Alteration

Kind = TypeVar("Kind", bound=Alteration)


def collected(package: str, path: Iterable[str], kind: type[Kind]) -> tuple[Kind, ...]:
    """Those of a kind in a package's modules, by area, topic and name. Raises `ValueError` where two have one name."""
    found: dict[str, Kind] = {}
    for module in pkgutil.walk_packages(path, f"{package}."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, kind):
                if each.name in found:
                    raise ValueError(f"two are named {each.name}")
                found[each.name] = each
    return tuple(sorted(found.values(), key=lambda each: (each.area, each.topic, each.name)))


def named(alterations: Sequence[Kind], name: str, what: str) -> Kind:
    """The one of that name. Raises `KeyError` with a sentence for people."""
    for each in alterations:
        if each.name == name:
            return each
    raise KeyError(f"no {what} is named {name!r}: `{what}s` lists them")
