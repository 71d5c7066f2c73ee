"""The if/then rules of schemas, which the model generator cannot express, as data that wire.py checks.

They are taken out of what the model generator reads, so that each is enforced in one place.
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


def split_conditions(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The document without the conditions of its schemas, and those conditions by the name of the schema.

    Raises SpecError for a condition that is not in the small language that wire.py checks.
    """
    plain = copy.deepcopy(document)
    conditions: dict[str, list[dict[str, Any]]] = {}
    for name, schema in plain["components"]["schemas"].items():
        if "if" in schema:
            raise SpecError(f"schema {name}: put conditions under 'allOf', each with a description")
        rules = [part for part in schema.get("allOf", ()) if "if" in part]
        for rule in rules:
            _check(name, rule)
        if rules:
            conditions[name] = rules
            rest = [part for part in schema.pop("allOf") if part not in rules]
            if rest:
                schema["allOf"] = rest
    return plain, conditions
