"""Tokens that answers have spent in this process, told to whoever counts them. Knows neither engines nor counters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

Counting: TypeAlias = Callable[[str, int, int], None]
"""Is told a model, and the tokens of a prompt and of what it came to."""

_counting: Final[list[Counting]] = []


def count_with(counting: Counting) -> None:
    """Tells it of each answer that is whole from now on."""
    _counting.append(counting)


def tell(model: str, prompt: int, completion: int) -> None:
    """An answer is whole."""
    for counting in _counting:
        counting(model, prompt, completion)
