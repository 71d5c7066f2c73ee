"""Reads the generated query models. Knows no parameter."""

from __future__ import annotations

from typing import TypeVar

from pydantic import MISSING

Value = TypeVar("Value")


def given(value: Value | MISSING) -> Value | None:
    """A parameter's value, None where the query does not have it."""
    return None if value is MISSING else value
