"""Makes broken and borderline documents out of valid ones. Deterministic by its seed; knows no schema."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]

SMALL = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 15, 16, 17, 19, 20, 21, 99, 100, 101, 127, 128, 129, 255, 256]
LARGE = [-101, -100, 1767225600, 9999999999, 10000000000, 1767225600000, -(2**63), -(2**63) - 1, 2**63 - 1, 2**63]
FRACTIONS = [-2.5, -2.000001, -0.5, 0.0, 0.5, 1.0, 1.000001, 1.5, 2.0, 2.000001, 1e-12, 20.0, 1e20, 1e300, -0.0]
TEXTS = [
    *("", " ", "a", "None", "Nonesuch", "N", "No", "Non", "null", "true", "1", "1.0", "\x00", "a\x00b", "\n", "a\n"),
    *("x" * 64, "x" * 65, "x" * 128, "x" * 129, "y" * 256, "y" * 257, "z" * 512, "z" * 513, "é" * 64, "😀" * 65),
    *("\u0661", "get weather", "a.b", "none", "auto", "required", "text", "function", "user", "tool", "stop", "ok"),
    *("assistant", "list", "model", "chat.completion", "chat.completion.chunk", "json_schema", "[DONE]", "30m"),
]
NAMES = ["extra", "error", "details", "content", "schema_", "type", "role", "id", "__class__", "x" * 64, "x" * 65, ""]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """The place of every value in a document, the document's own, (), first."""
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*at, index))


def look_up(document: Any, place: Place) -> Any:
    """The value at a place."""
    for step in place:
        document = document[step]
    return document


def _put(document: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    look_up(document, place[:-1])[place[-1]] = value
    return document


class Mutator:
    """An endless source of changed documents; two with the same seed and the same calls give the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret; the same numbers each time are the point
        self.changes = (
            self.drop,
            self.retype,
            self.extend,
            self.border,
            self.null,
            self.swap,
            self.repeat,
            self.respell,
            self.graft,
        )

    def scalar(self) -> Any:
        """Some value that is no container."""
        pools: list[list[Any]] = [SMALL, LARGE, FRACTIONS, TEXTS, [True, False, None]]
        pool = self.random.choice(pools)
        return self.random.choice(pool)

    def any_place(self, document: Any) -> Place:
        """Some place in a document."""
        return self.random.choice(list(places(document)))

    def drop(self, document: Any) -> Any:
        """Without one field or item."""
        inner = [place for place in places(document) if place]
        if inner:
            place = self.random.choice(inner)
            del look_up(document, place[:-1])[place[-1]]
        return document

    def retype(self, document: Any) -> Any:
        """With a value of some other type."""
        place = self.any_place(document)
        value = look_up(document, place)
        pool = [self.scalar(), [], {}, [value], {"type": value}, str(value), True, 1, 0, 1.0]
        return _put(document, place, self.random.choice(pool))

    def extend(self, document: Any) -> Any:
        """With one more field or item."""
        containers = [at for at in places(document) if isinstance(look_up(document, at), dict | list)]
        if not containers:
            return document
        container = look_up(document, self.random.choice(containers))
        value = self.random.choice([self.scalar(), {}, []])
        if isinstance(container, dict):
            container.setdefault(self.random.choice(NAMES), value)
        else:
            container.insert(self.random.randint(0, len(container)), value)
        return document

    def border(self, document: Any) -> Any:
        """With another value of the same type, from the pools of values at the edge."""
        place = self.any_place(document)
        value = look_up(document, place)
        if isinstance(value, bool):
            return _put(document, place, not value)
        if isinstance(value, int | float):
            return _put(document, place, self.random.choice([*SMALL, *LARGE, *FRACTIONS, float(value), value + 1]))
        if isinstance(value, str):
            return _put(document, place, self.random.choice([*TEXTS, value + "\n", value.upper(), value[:-1]]))
        return document

    def null(self, document: Any) -> Any:
        """With a null."""
        return _put(document, self.any_place(document), None)

    def swap(self, document: Any) -> Any:
        """With two values in each other's place."""
        one, other = self.any_place(document), self.any_place(document)
        shorter = min(len(one), len(other))
        if one[:shorter] == other[:shorter]:
            return document  # one holds the other
        first, second = look_up(document, one), look_up(document, other)
        return _put(_put(document, one, second), other, first)

    def repeat(self, document: Any) -> Any:
        """With an array made longer by itself, or an object given many fields."""
        containers = [at for at in places(document) if at and isinstance(look_up(document, at), dict | list)]
        if not containers:
            return document
        container = look_up(document, self.random.choice(containers))
        times = self.random.choice([1, 2, 4, 15, 16, 17])
        if isinstance(container, dict):
            container.update({f"k{number}": "v" for number in range(times)})
        elif container:
            container.extend(copy.deepcopy(container[0]) for _ in range(times))
        return document

    def respell(self, document: Any) -> Any:
        """With a field under another name."""
        objects = [at for at in places(document) if isinstance(look_up(document, at), dict) and look_up(document, at)]
        if not objects:
            return document
        mapping = look_up(document, self.random.choice(objects))
        old = self.random.choice(list(mapping))
        mapping[self.random.choice([*NAMES, old.upper(), f"{old}_", f" {old}"])] = mapping.pop(old)
        return document

    def graft(self, document: Any) -> Any:
        """With a copy of one part in the place of another."""
        value = copy.deepcopy(look_up(document, self.any_place(document)))
        place = self.any_place(document)
        return _put(document, place, value) if place else document

    def mutate(self, document: Any) -> Any:
        """A copy of the document with one to three changes."""
        changed = json.loads(json.dumps(document))  # not deepcopy, which would keep shared parts shared
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            changed = self.random.choice(self.changes)(changed)
        return changed
