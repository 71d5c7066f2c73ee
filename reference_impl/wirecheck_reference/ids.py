"""Ids of answers, calls and requests: unlike any other, and nobody's secret."""

from __future__ import annotations

from random import Random, SystemRandom

# Seeded by the operating system once: asking it for every id costs more than the rest of an id.
_bits = Random(SystemRandom().getrandbits(256)).getrandbits  # noqa: S311  # nothing is kept safe by an id


def new_id(prefix: str) -> str:
    """The prefix and 32 hexadecimal digits."""
    return f"{prefix}{_bits(128):032x}"
