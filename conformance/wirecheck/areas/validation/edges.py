"""The edges of what the schema of a chat request allows, field by field, and just beyond: derived from it. No I/O.

What a field may be is read from the contract, and each value is held against it: a field that the contract gets is
asked for without a line here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from wirecheck.areas.chat import generated
from wirecheck.areas.chat.asking import CHAT
from wirecheck.contract.document import document
from wirecheck.contract.operations import Schema, operations

_GOOD: Final[dict[str, Any]] = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
# What asks for work without measure at its greatest, or for another kind of answer.
_DEAR: Final = frozenset({"n", "max_tokens", "max_completion_tokens", "stream"})
_LONGEST: Final = 2000


@dataclass(frozen=True)
class Edge:
    """One value of one field. `kind` says at which edge it is: null, least, greatest, empty, a form of several."""

    field: str
    kind: str
    value: Any

    @property
    def case(self) -> str:
        """The edge in words."""
        return f"{self.field} is {_shown(self.value)}"


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:50]}... ({len(text)} characters)"


def _fields() -> Mapping[str, Schema]:
    operation = operations().of("POST", CHAT)
    return operation.properties if operation else {}


def _leaves(schema: Schema) -> Iterator[Schema]:
    """The alternatives that a schema comes to, each without alternatives of its own, one type each."""
    schema = document().resolved(schema)
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    for each in inner:
        yield from _leaves(each)
    if not inner:
        kinds = schema.get("type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            yield {**schema, "type": kind}


def _edges(field: str, leaf: Schema) -> Iterator[Edge]:
    kind = leaf["type"]
    if "enum" in leaf:
        yield from (Edge(field, "form", value) for value in leaf["enum"])
    elif kind == "null":
        yield Edge(field, "null", None)
    elif kind == "boolean":
        yield Edge(field, "least", False)
    elif kind in ("integer", "number"):
        yield from (Edge(field, name, leaf[key]) for name, key in _BOUNDS.items() if key in leaf)
    elif kind == "string":
        longest = leaf.get("maxLength")
        yield Edge(field, "least", "x" * leaf.get("minLength", 0))
        yield Edge(field, "form", "x" * min(leaf.get("maxLength", 1), _LONGEST))
        if longest and longest <= _LONGEST:
            yield Edge(field, "greatest", "x" * longest)
    elif kind == "array":
        item = next(_leaves(leaf.get("items", {})), {})
        if item.get("type") == "string" and "enum" not in item:
            words = [f"stop{number}" for number in range(leaf.get("maxItems", 2))]
            yield Edge(field, "form", words[: max(leaf.get("minItems", 0), 1)])
            yield Edge(field, "greatest", words)
        yield Edge(field, "least", [])
    elif kind == "object" and not leaf.get("required"):
        yield Edge(field, "least", {})


_BOUNDS: Final = {"least": "minimum", "greatest": "maximum"}


def _needed() -> Mapping[str, dict[str, Any]]:
    """What else a request must hold where it holds a field, as the conditions of the schema say."""
    schema = document().schemas["ChatCompletionRequest"]
    found: dict[str, dict[str, Any]] = {}
    for each in schema.get("allOf", ()):
        constants = {name: rule["const"] for name, rule in each["then"]["properties"].items() if "const" in rule}
        for name in each["if"].get("required", ()):
            found.setdefault(name, {}).update(constants)
    return found


def with_needed(edge: Edge) -> dict[str, Any]:
    """The field with its value, and what it needs beside it."""
    return {**(_needed().get(edge.field, {}) if edge.value is not None else {}), edge.field: edge.value}


def is_legal(fields: Mapping[str, Any]) -> bool:
    """Whether a plain request with these fields keeps the schema."""
    return bool(document().validator("ChatCompletionRequest").is_valid({**_GOOD, **fields}))


@cache
def legal() -> tuple[Edge, ...]:
    """Each nullable field as null, and the edges of the fields that every server reads."""
    found: dict[tuple[str, str], Edge] = {}
    for field, schema in _fields().items():
        for leaf in _leaves(schema):
            for edge in _edges(field, leaf):
                read = re.fullmatch(generated.COMMON, field) and field not in _GOOD
                dear = field in _DEAR and edge.kind != "least"
                if (edge.kind == "null" or (read and not dear)) and is_legal(with_needed(edge)):
                    found.setdefault((field, repr(edge.value)), edge)
    return tuple(found.values())


def groups() -> Mapping[str, tuple[Edge, ...]]:
    """The legal edges in groups that one request can hold: of each field one."""
    found: dict[str, list[Edge]] = {}
    for edge in legal():
        number = 1
        while any(each.field == edge.field for each in found.get(f"{edge.kind} {number}", ())):
            number += 1
        found.setdefault(f"{edge.kind} {number}", []).append(edge)
    return {name: tuple(edges) for name, edges in found.items()}


# Values of other types, those first that spell out what the type wants: Python's and JavaScript's coercions take them.
_OTHERS: Final[Mapping[str, tuple[Any, ...]]] = {
    "integer": ("5", True),
    "number": ("0.5", True),
    "boolean": ("true", 1),
    "string": (5, {"text": "x"}),
    "array": ("hello", {}),
    "object": ("hello", []),
}


def _mistyped(leaf: Schema) -> Iterator[Any]:
    """Values of other types than a schema's; of lists also those with one such item, or with null for one."""
    yield from _OTHERS.get(leaf["type"], ())
    if leaf["type"] == "array":
        yield [None]
        for item in _leaves(leaf.get("items", {})):
            yield from ([value] for value in _OTHERS.get(item["type"], ()))


@cache
def spelled() -> tuple[Edge, ...]:
    """Values of wrong types for each field that every server reads; none that the schema allows."""
    found: dict[tuple[str, str], Edge] = {}
    for field, schema in _fields().items():
        if re.fullmatch(generated.COMMON, field):
            for leaf in _leaves(schema):
                for value in _mistyped(leaf):
                    edge = Edge(field, "wrong type", value)
                    if not is_legal(with_needed(edge)):
                        found.setdefault((field, repr(value)), edge)
    return tuple(found.values())
