"""A document whose verdict was decided by hand: what the contract says, not what a tool says."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Case(NamedTuple):
    """A document as text, and whether the schema accepts it."""

    schema: str
    text: str
    valid: bool


def each_change(schema: str, base: dict[str, Any], valid: bool, changes: list[dict[str, Any]]) -> list[Case]:
    return [Case(schema, json.dumps({**base, **change}), valid) for change in changes]


def each_text(schema: str, base: dict[str, Any], valid: bool, fields: list[str]) -> list[Case]:
    """Fields as text, for what json.dumps does not write."""
    return [Case(schema, json.dumps(base)[:-1] + f", {field}}}", valid) for field in fields]
