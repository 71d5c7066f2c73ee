"""Reads queries: as the contract's styles have them, and out of the generated models. Knows no parameter."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Any, Final, TypeVar

from pydantic import MISSING
from starlette.datastructures import ImmutableMultiDict

Value = TypeVar("Value")

_DEEP: Final = re.compile(r"([^\[\]]+)\[([^\[\]]*)\]")


def folded(pairs: Iterable[tuple[str, str]], names: Container[str] = ()) -> ImmutableMultiDict[str, Any]:
    """A query with `name[key]=value` as one value, a dict, of `name` (OpenAPI, style `deepObject`); the last counts.

    `names` are those of parameters: what is called so is left as it is, brackets and all.
    """
    plain: list[tuple[str, Any]] = []
    deep: dict[str, dict[str, str]] = {}
    for name, value in pairs:
        found = None if name in names else _DEEP.fullmatch(name)
        if found is None:
            plain.append((name, value))
        else:
            deep.setdefault(found[1], {})[found[2]] = value
    return ImmutableMultiDict([*plain, *deep.items()])


def given(value: Value | MISSING) -> Value | None:
    """A parameter's value, None where the query does not have it."""
    return None if value is MISSING else value
