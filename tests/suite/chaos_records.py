"""Seeded nonsense of the kinds that probes find: records made of exchanges."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from wirecheck.areas.chat import effects
from wirecheck.evidence.exchange import Exchange

from tests.suite import chaos

NO: Mapping[Any, Callable[[], Any]] = {}
_EFFECTS = (
    effects.calls,
    effects.several_choices,
    effects.log_probabilities,
    effects.json,
    effects.speech,
)
_hints = functools.cache(typing.get_type_hints)


def record(random: Random, kind: Any, exchanges: list[Exchange], others: Mapping[Any, Callable[[], Any]] = NO) -> Any:
    """A value of a type: probes' records by the type hints of their fields, exchanges out of those given.

    `others` makes values of further types.

    A tuple of any length has one item at least, as the records of probes do.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Exchange:
        return random.choice(exchanges)
    if kind in others:
        return others[kind]()
    if origin in (typing.Union, types.UnionType):
        return record(random, random.choice(arguments), exchanges, others)
    if origin is tuple and arguments[-1] is Ellipsis:
        return tuple(record(random, arguments[0], exchanges, others) for _ in range(random.randint(1, 4)))
    if origin is tuple:
        return tuple(record(random, each, exchanges, others) for each in arguments)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(
            **{each.name: record(random, hints[each.name], exchanges, others) for each in dataclasses.fields(kind)}
        )
    if origin is dict:
        return {}
    plain: dict[Any, Callable[[], Any]] = {
        Any: lambda: chaos.value(random),
        str: lambda: random.choice(("hello", "", "echo/1", "²")),
        int: lambda: random.choice((0, 1, 2, -1)),
        bytes: lambda: random.choice((b"hello", b"")),
        bool: lambda: random.random() < 0.5,
        types.NoneType: lambda: None,
        effects.Effect: lambda: random.choice(_EFFECTS),
    }
    return plain[kind]()
