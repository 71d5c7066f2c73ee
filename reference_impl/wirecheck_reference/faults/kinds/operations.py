"""Which operation of the contract a request is for, told by its method and path. Knows no operation by name."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_PARAMETER: Final = re.compile(r"\{(\w+)\}")


class Operation(NamedTuple):
    """An operation and the parameters in the path of a request for it."""

    id: str
    parameters: dict[str, str]


class _Template(NamedTuple):
    method: str
    path: re.Pattern[str]
    literal: int
    id: str


@cache
def _templates() -> tuple[_Template, ...]:
    """The templates of all operations, those with the most letters of their own first.

    An id in a path may hold slashes: `/files/{id}/content` must be looked for before `/files/{id}`.
    """
    document = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    found: list[_Template] = []
    for template, item in document["paths"].items():
        pieces = _PARAMETER.split(template)
        pattern = "".join(f"(?P<{piece}>.+)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
        literal = sum(map(len, pieces[::2])) + (len(pieces) == 1)
        methods = sorted(_METHODS & item.keys())
        found += [_Template(each.upper(), re.compile(pattern), literal, item[each]["operationId"]) for each in methods]
    return tuple(sorted(found, key=lambda each: (-each.literal, each.id)))


@cache
def operation_ids() -> tuple[str, ...]:
    """The ids of all operations of the contract."""
    return tuple(sorted(template.id for template in _templates()))


def find_operation(method: str, path: str) -> Operation | None:
    """The operation that a request is for; None for a path that there is not, or another method."""
    for template in _templates():
        if template.method == method and (match := template.path.fullmatch(path)):
            return Operation(template.id, match.groupdict())
    return None
