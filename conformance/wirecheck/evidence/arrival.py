"""One request that the server sent to the run, frozen, and what it was answered with. No I/O, no opinion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wirecheck.evidence.exchange import Request


@dataclass(frozen=True)
class Arrival:
    """A request that was heard. `at` is when, in Unix seconds; `moment` the same on a clock that nobody sets.

    `answered` is the status that it was answered with.
    """

    request: Request
    answered: int
    at: float
    moment: float

    def header(self, name: str) -> str | None:
        """The first value of a header, by its name in lower case; None where there is none."""
        return self._named.get(name)

    @cached_property
    def _named(self) -> dict[str, str]:
        # Of a header that stands twice the first, which is put in last.
        return {name.lower(): value for name, value in reversed(self.request.headers)}

    @property
    def json(self) -> Any:
        """The body's value, or `wirecheck.evidence.exchange.ABSENT` where the body is no JSON."""
        return self.request.json

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path} answered {self.answered}"
