"""Schemas that have broken engines which compile them: each is valid JSON Schema, and may be served or refused."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.chat.asking import chat
from wirecheck.areas.validation.probes import plain
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent

_TEXT: Final = {"type": "string"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_NODE: Final = {"value": _TEXT, "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}}

HARD: Final[dict[str, dict[str, Any]]] = {
    "a schema that refers to itself": {**_object(list={"$ref": "#/$defs/node"}), "$defs": {"node": _object(**_NODE)}},
    "a reference that goes in a circle": {**_object(a={"$ref": "#/$defs/a"}), "$defs": {"a": {"$ref": "#/$defs/a"}}},
    "a contradiction": _object(number={"type": "integer", "minimum": 5, "maximum": 4}),
    "an enum of nothing": _object(choice={"enum": []}),
    "a pattern that backtracks without end": _object(word={"type": "string", "pattern": "^(a+)+$"}),
    "a pattern that looks ahead": _object(word={"type": "string", "pattern": "^(?=.*b)a.*$"}),
    "a pattern that repeats a million times": _object(word={"type": "string", "pattern": "^(ab{1,1000}){1,1000}$"}),
    "two hundred properties": _object(**{f"property_{number}": _TEXT for number in range(200)}),
    "an enum of five hundred words": _object(word={"enum": [f"word {number}" for number in range(500)]}),
    "an array of a billion items": _object(many={"type": "array", "items": _TEXT, "minItems": 10**9}),
    "a number without end": _object(number={"type": "number", "maximum": 1e308, "multipleOf": 1e-300}),
}
"""By what is hard in them."""


@probe(1 + 4 * len(HARD), quick=0, rough=True)
async def hard(asker: Asker) -> tuple[Exchange, ...]:
    """Chats whose response_format or tool has such a schema, each with a plain chat behind it."""
    only_longer(asker)
    await plain(asker)
    found = []
    for case, schema in HARD.items():
        shape = {"type": "json_schema", "json_schema": {"name": "hard", "strict": True, "schema": schema}}
        tool = {"type": "function", "function": {"name": "hard", "parameters": schema}}
        ways: dict[str, dict[str, Any]] = {
            "response_format": {"response_format": shape},
            "a tool": {"tools": [tool], "tool_choice": "required"},
        }
        for where, fields in ways.items():
            intent = Intent("", case=f"{case} in {where}")
            found.append(await chat(asker, "Call hard, or reply in JSON.", **fields, max_tokens=16, intent=intent))
            await plain(asker)
    return tuple(found)
