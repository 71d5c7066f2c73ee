"""Texts and tokens as vectors: words, pairs of words and parts of words, each hashed to a place. Pure.

What two texts share falls into the same places, so that their vectors are near: in words, and in the parts of them
(`sleeps`, `sleeping`), not in meaning. That is enough to search with, and takes neither a model nor a library.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import shake_128
from itertools import pairwise
from typing import Final
from zlib import crc32

LENGTH: Final = 256
"""The numbers of a vector."""

_WORD: Final = re.compile(r"\w{1,32}|[^\w\s]{1,4}")
# A word this short says little of what a text is about: the, of, is.
_SHORT: Final = 3
_SHORT_WEIGHT: Final = 0.25
_PART: Final = 3
_PARTS_WEIGHT: Final = 1.6
_PAIR_WEIGHT: Final = 0.3
# What is unlike in every two texts: no vector has a zero in it, and no two texts have one vector.
_OWN: Final = 0.002

Placed = tuple[int, float]


def of_text(text: str) -> list[float]:
    """The vector of a text, of length 1."""
    words = _WORD.findall(text.lower())
    counted = Counter(words)
    places = ((_of_word(word), 1 + math.log(count)) for word, count in counted.items())
    pairs = _pairs(words)
    return _vector(places, pairs, text)


def of_tokens(tokens: Sequence[int]) -> list[float]:
    """The vector of a list of tokens, of length 1: without a vocabulary, words of which the letters are unknown."""
    words = [str(token) for token in tokens]
    places = (([_place(f"token {word}", 1)], 1 + math.log(count)) for word, count in Counter(words).items())
    return _vector(places, _pairs(words), " ".join(words))


def shortened(vector: Sequence[float], length: int) -> array[float]:
    """The first numbers of a vector, of length 1 again, as 32-bit floats."""
    kept = vector[:length]
    size = math.hypot(*kept)
    return array("f", [each / size for each in kept])


@lru_cache(maxsize=65536)
def _of_word(word: str) -> tuple[Placed, ...]:
    """The places of a word and of its parts: what it begins and ends with, and all between."""
    weight = _SHORT_WEIGHT if len(word) <= _SHORT else 1.0
    framed = f"<{word}>"
    parts = [framed[start : start + _PART] for start in range(len(framed) - _PART + 1)]
    each = weight * _PARTS_WEIGHT / math.sqrt(len(parts)) if parts else 0
    return (_place(word, weight), *(_place(f"part {part}", each) for part in parts))


def _pairs(words: Sequence[str]) -> Iterator[Placed]:
    return (_place(f"{one} {other}", _PAIR_WEIGHT) for one, other in pairwise(words))


def _place(feature: str, weight: float) -> Placed:
    """Where a feature is put, and with which sign: two that share a place are as likely to weaken each other."""
    number = crc32(feature.encode())
    return number % LENGTH, weight if number >> 16 & 1 else -weight


def _vector(words: Iterable[tuple[Iterable[Placed], float]], pairs: Iterable[Placed], whole: str) -> list[float]:
    vector = [0.0] * LENGTH
    for places, weight in words:
        for place, each in places:
            vector[place] += weight * each
    for place, each in pairs:
        vector[place] += each
    size = math.hypot(*vector) or 1.0
    own = shake_128(whole.encode()).digest(LENGTH)
    return [each / size + _OWN * (byte - 127.5) / 127.5 for each, byte in zip(vector, own, strict=True)]
