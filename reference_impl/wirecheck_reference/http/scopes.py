"""What the contract says of an operation: its id, and the scopes that it wants of a key. Knows no key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_CONVERTOR: Final = re.compile(r"\{(\w+):\w+\}")


@cache
def _operations() -> Mapping[tuple[str, str], tuple[str, frozenset[str]]]:
    document = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    found: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                wanted = operation.get("security", document["security"])
                # A requirement that names several schemes, or several of which one is enough, the contract has not.
                scopes = [scope for each in wanted for names in each.values() for scope in names]
                found[method.upper(), path] = operation["operationId"], frozenset(scopes)
    return found


def all_scopes() -> tuple[str, ...]:
    """All scopes that there are, by name."""
    return tuple(sorted(frozenset[str]().union(*(scopes for _, scopes in _operations().values()))))


def scopes_of(method: str, path: str) -> frozenset[str]:
    """The scopes that an operation wants, by its method and the template of its path; none where it is not there."""
    return _find(method, path)[1]


def id_of(method: str, path: str) -> str | None:
    """The id of an operation, by its method and the template of its path; None where it is not there."""
    return _find(method, path)[0]


def _find(method: str, path: str) -> tuple[str | None, frozenset[str]]:
    return _operations().get((method, _CONVERTOR.sub(r"{\1}", path)), (None, frozenset()))
