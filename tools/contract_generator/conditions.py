"""What a schema says of its fields together: if/then rules and alternatives of required fields, as data for wire.py.

The model generator cannot express the first, and would check the second in slow Python. Both are taken out of what it
reads, so that each is enforced in one place.
"""

from __future__ import annotations

import copy
from typing import Any

from contract_generator.fault import SpecError

RULE = {"description", "if", "then"}
SIDE = {"required", "properties"}
FIELD = {"type", "const", "enum", "not", "minItems"}


def _check_field(name: str, schema: dict[str, Any]) -> None:
    if unknown := set(schema) - FIELD:
        raise SpecError(f"schema {name}: a condition may not say {sorted(unknown)}")
    if "not" in schema:
        _check_field(name, schema["not"])


def _check(name: str, rule: dict[str, Any]) -> None:
    if set(rule) != RULE:
        raise SpecError(f"schema {name}: a condition has {sorted(RULE)}, this one {sorted(rule)}")
    for side in (rule["if"], rule["then"]):
        if not set(side) <= SIDE or not side.get("required"):
            raise SpecError(f"schema {name}: each side of a condition has 'required', and may have 'properties'")
        for field in side.get("properties", {}).values():
            _check_field(name, field)


def _alternatives(schema: dict[str, Any]) -> list[str]:
    """The fields of which a schema demands one, by an `anyOf` that says nothing else."""
    parts = schema.get("anyOf", [])
    plain = all(set(part) == {"required"} and len(part["required"]) == 1 for part in parts)
    return [part["required"][0] for part in parts] if plain else []


def split_conditions(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The document without what its schemas say of fields together, and that by the name of the schema.

    Each of the latter has `rules` (if/then) and `alternatives` (fields of which one must be there). Raises SpecError
    for a rule that is not in the small language that wire.py checks.
    """
    plain = copy.deepcopy(document)
    conditions: dict[str, dict[str, Any]] = {}
    for name, schema in plain["components"]["schemas"].items():
        if "if" in schema:
            raise SpecError(f"schema {name}: put conditions under 'allOf', each with a description")
        rules = [part for part in schema.get("allOf", ()) if "if" in part]
        for rule in rules:
            _check(name, rule)
        if rules:
            rest = [part for part in schema.pop("allOf") if part not in rules]
            if rest:
                schema["allOf"] = rest
        alternatives = _alternatives(schema)
        if alternatives:
            del schema["anyOf"]
        if rules or alternatives:
            conditions[name] = {"rules": rules, "alternatives": alternatives}
    return plain, conditions
