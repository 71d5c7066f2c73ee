"""What faults and legal variants have in common: the reference server with one thing changed. Knows neither."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.faults.kinds.exchange import Change
from wirecheck_reference.faults.kinds.operations import find_operation, operation_ids
from wirecheck_reference.faults.kinds.parts import Keys

EVERY: Final = "every operation"
"""Said of a change of every route, those included that are no operation of the contract."""

_NONE: Final = Keys()

At: TypeAlias = str | tuple[str, ...]
Memory: TypeAlias = Callable[[], Any]
Wrap: TypeAlias = Callable[[Change, ASGIApp, Keys], ASGIApp]


@dataclass(frozen=True, slots=True)
class Alteration:
    """The reference server with one thing changed.

    `kind` is the decorator that declared it, `at` the operations that it touches (None: every route); `area` and
    `topic` are where it stands. An `inner` one sits inside the layer that adds request ids, timing and CORS.
    `watches`: operations that it leaves as they are, and has to see.
    """

    name: str
    summary: str
    kind: str
    area: str
    topic: str
    at: tuple[str, ...] | None
    inner: bool
    change: Change
    wrap: Wrap
    remembers: Memory | None
    watches: tuple[str, ...] = field(default=(), kw_only=True)

    def install(self, app: ASGIApp, keys: Keys = _NONE) -> ASGIApp:
        """The change around an app that takes these keys, remembering nothing of any other app."""
        change = self.change if self.remembers is None else partial(self.change, memory=self.remembers())
        changed = self.wrap(change, app, keys)

        async def installed(scope: Scope, receive: Receive, send: Send) -> None:
            await (changed if self._touches(scope) else app)(scope, receive, send)

        return installed

    def _touches(self, scope: Scope) -> bool:
        if scope["type"] != "http":
            return False
        if self.at is None:
            return True
        operation = find_operation(scope["method"], scope["path"])
        return operation is not None and operation.id in (*self.at, *self.watches)

    def document(self) -> dict[str, Any]:
        """What is known of any change, as JSON."""
        return {
            "name": self.name,
            "summary": self.summary,
            "kind": self.kind,
            "area": self.area,
            "topic": self.topic,
            "at": list(operation_ids() if self.at is None else self.at),
        }


def places(at: At) -> tuple[str, ...] | None:
    """The operations that are named, None for every route. Raises `ValueError` for one that there is not."""
    named = None if at == EVERY else (at,) if isinstance(at, str) else at
    for operation in named or ():
        if operation not in operation_ids():
            raise ValueError(f"the contract has no operation {operation}")
    return named


def described(change: Change, package: str) -> dict[str, str]:
    """Name, summary, area and topic, as a function's name, docstring and module tell them.

    A module of its own below the package is an area with one topic. Raises `TypeError` where the docstring is missing.
    """
    summary = inspect.cleandoc(change.__doc__ or "").partition("\n")[0]
    if not summary:
        raise TypeError(f"{change.__name__} does not say what it changes")
    place = change.__module__.removeprefix(f"{package}.").split(".")
    return {
        "name": change.__name__.replace("_", "-"),
        "summary": summary,
        "area": place[0],
        "topic": place[min(1, len(place) - 1)],
    }
