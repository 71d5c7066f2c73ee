"""What an answer to embeddings says: its vectors, however they are written, and how near two of them are. No I/O."""

from __future__ import annotations

import math
import struct
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, Final

from wirecheck.evidence.exchange import Exchange, at, items
from wirecheck.evidence.unseen import Unseen

Vector = tuple[float, ...]

SAME: Final = 0.15
"""The distance up to which two vectors count as one: engines round, and round otherwise in another batch."""

MARGIN: Final = 0.01
"""By so much another vector must be nearer than the right one to be taken for it."""

IDENTICAL: Final = 1e-6
"""Up to this distance nothing but the last bit of a number differs."""


def written(answer: Exchange) -> list[Any]:
    """The vectors as they stand in `data`, in its order."""
    return [at(each, "embedding") for each in items(answer.json, "data")]


def is_numbers(value: Any) -> bool:
    """Whether a vector is written as a list of numbers, finite or not."""
    return isinstance(value, list) and all(
        isinstance(each, (int, float)) and not isinstance(each, bool) for each in value
    )


def unpacked(text: str) -> Vector:
    """The numbers of base64. Raises ValueError where it is none, or no whole number of 32-bit floats."""
    data = b64decode(text, validate=True)
    if len(data) % 4 or not data:
        raise ValueError(f"{len(data)} bytes, which are no whole number of 32-bit floats")
    return struct.unpack(f"<{len(data) // 4}f", data)


def usable(vector: Sequence[float]) -> bool:
    """Whether a vector has a direction: numbers, all finite, and not zeros alone."""
    try:
        return bool(vector) and all(map(math.isfinite, vector)) and 0 < math.hypot(*vector) < math.inf
    except OverflowError:  # a whole number that no float holds
        return False


def vectors(answer: Exchange) -> list[Vector]:
    """The vectors in the order of `data`. Raises `Unseen` where not each of them can be read and has a direction."""
    if answer.status != 200 or answer.end != "complete":
        raise Unseen(f"no vectors came: {answer}")
    found = [_vector(each) for each in written(answer)]
    if not found:
        raise Unseen("no vectors came")
    return found


def only(answer: Exchange) -> Vector:
    """The vector of an answer to one input. Raises `Unseen` as `vectors`, and where there are several."""
    found = vectors(answer)
    if len(found) != 1:
        raise Unseen(f"{len(found)} vectors came for one input")
    return found[0]


def of_batch(answer: Exchange, count: int) -> list[Vector]:
    """The vectors of so many inputs, in the order of their `index` where that names each place once, else of `data`.

    Raises `Unseen` as `vectors`, and where there are more or fewer: `embeddings.count` judges that.
    """
    found = vectors(answer)
    if len(found) != count:
        raise Unseen(f"{len(found)} vectors came for {count} inputs")
    places = [at(each, "index") for each in items(answer.json, "data")]
    if all(type(place) is int for place in places) and sorted(places) == list(range(count)):
        return [vector for _, vector in sorted(zip(places, found, strict=True), key=lambda pair: pair[0])]
    return found


def distance(one: Vector, other: Vector) -> float:
    """The distance of two vectors, as a part of the longer one's length. Raises `Unseen` where their lengths differ."""
    if len(one) != len(other):
        raise Unseen(f"vectors of {len(one)} and of {len(other)} numbers are not to be compared")
    return math.dist(one, other) / max(math.hypot(*one), math.hypot(*other))


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of the angle between two vectors. Raises `Unseen` as `distance`."""
    if len(one) != len(other):
        raise Unseen(f"vectors of {len(one)} and of {len(other)} numbers are not to be compared")
    first, second = math.hypot(*one), math.hypot(*other)
    return sum(a / first * (b / second) for a, b in zip(one, other, strict=True))


def another(own: int, vector: Vector, known: Sequence[Vector]) -> int | None:
    """The place where a vector itself is known that is not its own place; None where its own will do, or none is it."""
    found = [distance(vector, each) for each in known]
    nearest = min(range(len(found)), key=found.__getitem__)
    return nearest if found[nearest] < min(found[own] - MARGIN, SAME) else None


def _vector(value: Any) -> Vector:
    if is_numbers(value) and usable(value):
        return tuple(map(float, value))
    if isinstance(value, str):
        try:
            vector = unpacked(value)
        except ValueError:
            vector = ()
        if usable(vector):
            return vector
    raise Unseen("a vector cannot be read, or has no direction")
