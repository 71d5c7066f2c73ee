"""Legal variants: the reference server with one thing otherwise, and as right. A module a topic."""

from __future__ import annotations

from functools import cache

from wirecheck_reference.faults.kinds.collection import collected, named
from wirecheck_reference.variants.kind import Variant


@cache
def all_variants() -> tuple[Variant, ...]:
    """Every variant, by area, topic and name. Raises `ValueError` where two have one name."""
    return collected(__name__, __path__, Variant)


def find_variant(name: str) -> Variant:
    """The variant of that name. Raises `KeyError` with a sentence for people."""
    return named(all_variants(), name, "variant")
