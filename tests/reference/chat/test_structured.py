"""Structured output: objects, instances of schemas, schemas that cannot be used."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from tests.reference.chat.test_streaming import text_of
from tests.reference.child import Child

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "age": {"type": "integer", "minimum": 1},
        "colour": {"enum": ["red", "green"]},
        "friends": {"type": "array", "items": {"$ref": "#"}},
        "boss": {"anyOf": [{"$ref": "#"}, {"type": "null"}]},
    },
    "required": ["name", "age", "colour", "friends", "boss"],
    "additionalProperties": False,
}


def following(schema: Any) -> dict[str, Any]:
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
    }


def test_an_object(server: Child) -> None:
    content = server.said('say "hi"', response_format={"type": "json_object"})["message"]["content"]
    assert json.loads(content) == {"content": 'say "hi"'}


def test_an_instance_in_both_modes(server: Child) -> None:
    content = server.said("a person", **following(PERSON))["message"]["content"]
    assert jsonschema_rs.is_valid(PERSON, json.loads(content))
    assert text_of(server.events("a person", **following(PERSON))) == content


def test_an_instance_that_is_cut_says_so(server: Child) -> None:
    assert server.said("a person", max_tokens=2, **following(PERSON))["finish_reason"] == "length"


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    for _ in range(depth):
        schema = {"not": schema}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/Nowhere"}}, "required": ["a"]},
        {"$ref": "http://127.0.0.1:9/elsewhere"},
        {"type": 7},
        {"type": "string", "pattern": "("},
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]},
        {"type": "array", "minItems": 10**9},
        nested(110),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_schemas_that_cannot_be_used_are_refused(server: Child, schema: Any, stream: bool) -> None:
    answer = server.chat(**following(schema), stream=stream)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (
        400,
        "invalid_value",
        "response_format.json_schema.schema",
    )
    assert "Error" not in error["message"]
