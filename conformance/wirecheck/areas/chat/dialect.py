"""How a model wants to be asked: the field that bounds an answer, what it takes to be steady, room to think. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.asking.target import Target

AREA: Final = "chat"
"""The name under which a target keeps what was learned."""

LIMITS: Final = ("max_tokens", "max_completion_tokens")
"""The fields that bound an answer, by age."""

STEADYING: Final = ("temperature", "seed")
"""The fields that make a model say the same again, as far as it can."""

ROOM: Final = 2048
"""Tokens more for a model that thinks before it speaks, where its window has room for them."""

# A limit below this is there to cut, or to be cheap: thoughts get no room in it.
_CUTS: Final = 32


@dataclass(frozen=True)
class Dialect:
    """What a model takes.

    `limit`: the field that bounds an answer, "" where it takes none; `refused`: the fields out of `LIMITS` and
    `STEADYING` that it refused; `room`: tokens that it gets to think in.
    """

    limit: str = LIMITS[0]
    refused: frozenset[str] = frozenset()
    room: int = 0

    def of(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a request as this model takes them; what an official client sends is `max_tokens`."""
        spoken = {name: value for name, value in fields.items() if name not in STEADYING or name not in self.refused}
        if LIMITS[0] in spoken and self.limit != LIMITS[0]:
            limit = spoken.pop(LIMITS[0])
            if self.limit:
                spoken.setdefault(self.limit, limit)
        limit = spoken.get(self.limit)
        if self.room and isinstance(limit, int) and limit >= _CUTS:
            spoken[self.limit] = limit + self.room
        return spoken

    def __str__(self) -> str:
        """What is particular to the model, for people; nothing where nothing is."""
        said = [f"does not take {', '.join(sorted(self.refused))}"] if self.refused else []
        said += ["thinks before it speaks"] if self.room else []
        return f"the model {' and '.join(said)}" if said else ""


def dialect(target: Target) -> Dialect:
    """The dialect that was learned of a target's model, that of official clients where nothing was."""
    found = target.traits.get(AREA)
    return found if isinstance(found, Dialect) else Dialect()
