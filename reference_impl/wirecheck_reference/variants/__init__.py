"""Legal variants: the reference server with one thing otherwise, and as right. A module a topic."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from wirecheck_reference.variants.kind import Variant


@cache
def all_variants() -> tuple[Variant, ...]:
    """Every variant, by area, topic and name. Raises `ValueError` where two have one name."""
    found: dict[str, Variant] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for variant in vars(importlib.import_module(module.name)).values():
            if isinstance(variant, Variant):
                if variant.name in found:
                    raise ValueError(f"two variants are named {variant.name}")
                found[variant.name] = variant
    return tuple(sorted(found.values(), key=lambda variant: (variant.area, variant.topic, variant.name)))


def find_variant(name: str) -> Variant:
    """The variant of that name. Raises `KeyError` with a sentence for people."""
    for variant in all_variants():
        if variant.name == name:
            return variant
    raise KeyError(f"no variant is named {name!r}: `variants` lists them")
