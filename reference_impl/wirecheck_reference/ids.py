"""Ids of answers, calls and requests: unlike any other, and nobody's secret."""

from __future__ import annotations

import os
from random import Random, SystemRandom

# Seeded by the operating system once in a process: asking it for every id costs more than the rest of an id.
_chance = Random(SystemRandom().getrandbits(256))  # noqa: S311  # nothing is kept safe by an id
_bits = _chance.getrandbits


def _seed() -> None:
    _chance.seed(SystemRandom().getrandbits(256))


# A process that is forked from one that has loaded this would make the same ids as its sisters.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_seed)


def new_id(prefix: str) -> str:
    """The prefix and 32 hexadecimal digits."""
    return f"{prefix}{_bits(128):032x}"
