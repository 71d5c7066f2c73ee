"""The smallest instance of a schema: found, valid, and refused where there is none."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from wirecheck_reference.engines.echo.instances.smallest import smallest_instance
from wirecheck_reference.engines.echo.instances.unusable import UnusableSchemaError

LIST = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "value": {"type": "integer"},
                "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
            },
            "required": ["value", "next"],
            "additionalProperties": False,
        }
    },
}
MIRROR = {name: {"anyOf": [{"$ref": f"#/$defs/{name}"}] * 9} for name in "ab"}
FOUND: list[tuple[Any, Any]] = [
    (True, None),
    ({}, None),
    ({"type": "object"}, {}),
    ({"type": ["string", "null"]}, ""),
    ({"type": "boolean"}, False),
    ({"enum": [3, 4]}, 3),
    ({"type": "integer", "enum": ["3", 4]}, 4),
    ({"const": {"a": 1}}, {"a": 1}),
    ({"type": "integer", "minimum": 3, "multipleOf": 5}, 5),
    ({"type": "integer", "maximum": -3}, -3),
    ({"type": "integer", "exclusiveMinimum": 3}, 4),
    ({"type": "integer", "minimum": 10**30}, 10**30),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
    ({"type": "integer", "not": {"const": 0}}, 1),
    ({"type": "string", "minLength": 3}, "aaa"),
    ({"type": "string", "format": "date"}, "2000-01-01"),
    ({"type": "string", "pattern": "^[A-Z]{3}-[0-9]{2,4}$"}, "AAA-00"),
    ({"type": "string", "pattern": "^(foo|bar)\\1$"}, "foofoo"),
    ({"type": "string", "pattern": "^(?!a)[a-z]+$"}, "b"),
    ({"type": "string", "pattern": "^[^a-z ]$"}, "0"),
    ({"type": "string", "pattern": "^x+$", "minLength": 4}, "xxxx"),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True}, [0, 1, 2]),
    ({"type": "array", "prefixItems": [{"const": 1}, {"type": "string"}], "minItems": 2, "items": False}, [1, ""]),
    ({"type": "array", "contains": {"const": 9}}, [9]),
    ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, {"a": ""}),
    ({"type": "object", "required": ["a"], "additionalProperties": {"type": "integer"}}, {"a": 0}),
    ({"type": "object", "properties": {"a": {}, "b": {}}, "minProperties": 1}, {"a": None}),
    ({"type": "object", "propertyNames": {"pattern": "^x_"}, "minProperties": 1}, {"x_": None}),
    ({"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}}, {"a": None, "b": None}),
    ({"type": "object", "required": ["x_1"], "patternProperties": {"^x_": {"const": 5}}}, {"x_1": 5}),
    ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 2}]}, 0),
    ({"anyOf": [False, {"const": "b"}]}, "b"),
    (
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
                {"properties": {"a": {"minLength": 2}, "b": {"const": 4}}, "required": ["b"]},
            ]
        },
        {"a": "aa", "b": 4},
    ),
    (
        {
            "type": "object",
            "properties": {"k": {"enum": ["x", "w"]}},
            "required": ["k"],
            "if": {"properties": {"k": {"const": "x"}}},
            "then": {"required": ["z"]},
        },
        {"k": "w"},
    ),
    (
        {"type": "object", "required": ["y"], "properties": {"x": {"$anchor": "q", "const": 1}, "y": {"$ref": "#q"}}},
        {"y": 1},
    ),
    (LIST, {"value": 0, "next": None}),
    ({"allOf": [{"anyOf": [{"minimum": each}, {"maximum": -each}]} for each in range(1, 9)], "type": "integer"}, 8),
    ({"allOf": [{"oneOf": [{"const": 1}, {"const": 2}]}, {"oneOf": [{"const": 2}, {"const": 3}]}]}, 2),
    ({"type": "object", "properties": {"child": {"$ref": "#"}}}, {}),
    (
        {
            "type": "object",
            "required": ["a"],
            "unevaluatedProperties": False,
            "allOf": [{"properties": {"a": {"type": "number"}}}],
        },
        {"a": 0},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "smallest"), FOUND, ids=range(len(FOUND)))
def test_the_smallest_instance_is_found(schema: Any, smallest: Any) -> None:
    found = smallest_instance(schema)
    assert found == smallest
    assert type(found) is type(smallest)
    assert jsonschema_rs.is_valid(schema, found, validate_formats=True)


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    for _ in range(depth):
        schema = {"items": schema}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        False,
        5,
        None,
        {"type": "circle"},
        {"type": "string", "enum": []},
        {"type": "string", "pattern": "("},
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "integer", "minimum": 1, "exclusiveMaximum": 1},
        {"$ref": "#/nowhere"},
        {"$ref": "#nowhere"},
        {"$ref": "#"},
        {"$ref": "http://127.0.0.1:9/x"},
        {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]},
        {"type": "object", "required": ["a"], "additionalProperties": False},
        {"type": "array", "items": {"const": 1}, "minItems": 2, "uniqueItems": True},
        {"type": "string", "minLength": 10**9},
        {"type": "array", "minItems": 10**9},
        {"type": "object", "minProperties": 10**9},
        {"type": "string", "pattern": "^a{100000}$"},
        {"type": "string", "pattern": "^((((a{99}){99}){99}){99})$"},
        nested(101),
        {
            "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}] * 9}, "b": {"anyOf": [{"$ref": "#/$defs/a"}] * 9}},
            "$ref": "#/$defs/a",
        },
    ],
)
def test_where_there_is_none_it_is_said(schema: Any) -> None:
    with pytest.raises(UnusableSchemaError) as refused:
        smallest_instance(schema)
    assert "Error" not in str(refused.value)


def test_a_very_deep_schema_is_refused_before_anybody_descends() -> None:
    with pytest.raises(UnusableSchemaError, match="deeper than 100"):
        smallest_instance(nested(100_000))


def test_a_wide_tree_of_branches_ends_soon() -> None:
    """Eight levels of eight members with eight branches each: more ways than anybody could try."""
    levels: dict[str, Any] = {"0": {"type": "string"}}
    for level in range(1, 9):
        branches = {"anyOf": [{"$ref": f"#/$defs/{level - 1}"}] * 8}
        properties = {f"p{number}": branches for number in range(8)}
        levels[str(level)] = {"type": "object", "properties": properties, "required": list(properties)}
    with pytest.raises(UnusableSchemaError, match="too large"):
        smallest_instance({"$ref": "#/$defs/8", "$defs": levels})
