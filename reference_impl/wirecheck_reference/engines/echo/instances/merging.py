"""One schema that says what two say together. Knows no instance and follows no reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_BOTH: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "minContains": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
    "maxContains": min,
    "uniqueItems": lambda one, other: one or other,
    "required": lambda one, other: list(dict.fromkeys([*one, *other])),
    "allOf": lambda one, other: [*one, *other],
}
_SCHEMAS_BY_NAME: Final = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
_SCHEMAS: Final = frozenset({"items", "additionalProperties", "propertyNames", "contains", "unevaluatedProperties"})
_ASIDE: Final = frozenset({"anyOf", "oneOf", "$ref", "$dynamicRef", "if", "not", "pattern", "format", "multipleOf"})


def merged(one: Any, other: Any) -> Any:
    """A schema (or bool) that holds where both hold; `False` where their types or values exclude each other.

    What cannot be folded into one keyword is kept aside under `allOf`.
    """
    if one is False or other is False:
        return False
    if one is True or not one:
        return other
    if other is True or not other:
        return one
    result: dict[str, Any] = dict(one)
    aside: dict[str, Any] = {}
    for keyword, value in other.items():
        if keyword not in result or result[keyword] == value:
            result[keyword] = value
        elif keyword in _BOTH:
            result[keyword] = _BOTH[keyword](result[keyword], value)
        elif keyword in _SCHEMAS_BY_NAME:
            result[keyword] = _by_name(result[keyword], value)
        elif keyword in _SCHEMAS:
            result[keyword] = merged(result[keyword], value)
        elif keyword == "type":
            result["type"] = _types(result["type"], value)
        elif keyword == "enum":
            result["enum"] = [each for each in result["enum"] if each in value]
        elif keyword == "prefixItems":
            result["prefixItems"] = [*map(merged, result["prefixItems"], value)]
        elif keyword in _ASIDE:
            aside[keyword] = value
    if "if" in aside:
        aside |= {keyword: other[keyword] for keyword in ("then", "else") if keyword in other}
    if result.get("type") == [] or result.get("enum") == []:
        return False
    if foldable := {
        keyword: value for keyword, value in aside.items() if keyword not in ("not", "pattern", "format", "multipleOf")
    }:
        result["allOf"] = [*result.get("allOf", []), foldable]
    return result


def _by_name(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: merged(one.get(name, True), other.get(name, True)) for name in {**one, **other}}


def _types(one: str | list[str], other: str | list[str]) -> list[str]:
    mine = [one] if isinstance(one, str) else one
    theirs = [other] if isinstance(other, str) else other
    both = [kind for kind in mine if kind in theirs]
    if "integer" in (*mine, *theirs) and "number" in (*mine, *theirs) and "integer" not in both:
        both.append("integer")
    return both
