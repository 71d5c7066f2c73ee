"""The scopes that the contract wants of a key, by operation. Reads the document, knows no key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_CONVERTOR: Final = re.compile(r"\{(\w+):\w+\}")


@cache
def _wanted() -> Mapping[tuple[str, str], frozenset[str]]:
    document = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    found: dict[tuple[str, str], frozenset[str]] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                wanted = operation.get("security", document["security"])
                # A requirement that names several schemes, or several of which one is enough, the contract has not.
                scopes = [scope for each in wanted for names in each.values() for scope in names]
                found[method.upper(), path] = frozenset(scopes)
    return found


def all_scopes() -> tuple[str, ...]:
    """All scopes that there are, by name."""
    return tuple(sorted(frozenset[str]().union(*_wanted().values())))


def scopes_of(method: str, path: str) -> frozenset[str]:
    """The scopes that an operation wants, by its method and the template of its path; none where it is not there."""
    return _wanted().get((method, _CONVERTOR.sub(r"{\1}", path)), frozenset())
