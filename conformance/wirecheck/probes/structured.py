"""Structured output: a JSON object, an instance of a schema, a schema that cannot be met."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, accepts, chat
from wirecheck.probes.chat import Both

SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "age": {"type": "integer", "minimum": 1, "maximum": 150},
        "colour": {"type": "string", "enum": ["red", "green", "blue"]},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
    },
    "required": ["name", "age", "colour", "tags"],
    "additionalProperties": False,
}
PROMPT = "Describe a person named Ada who is 36 years old, whose colour is green, as JSON. Use one tag."
FIELDS: Final = {**STEADY, "max_tokens": 200}


def _format(schema: Any) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": schema}}


@probe
async def instance(asker: Asker) -> Both:
    """An answer that must follow a schema."""
    fields = {**FIELDS, "response_format": _format(SCHEMA)}
    return Both(await chat(asker, PROMPT, **fields), await chat(asker, PROMPT, **fields, stream=True))


@probe
async def unusable(asker: Asker) -> Exchange:
    """A schema that refers to nowhere."""
    intent = Intent("", operation="createChatCompletion", case="json_schema refers to nowhere")
    schema = {"type": "object", "properties": {"a": {"$ref": "#/$defs/Nowhere"}}, "required": ["a"]}
    return await chat(asker, PROMPT, **FIELDS, response_format=_format(schema), intent=intent)


@probe
async def anything(asker: Asker) -> Exchange:
    """An answer that must be some JSON object."""
    return await chat(asker, PROMPT, **FIELDS, response_format={"type": "json_object"})


@probe
async def has_schemas(asker: Asker) -> bool:
    """Whether response_format json_schema is taken."""
    return accepts((await asker.see(instance)).sync)


@probe
async def has_json_mode(asker: Asker) -> bool:
    """Whether response_format json_object is taken."""
    return accepts(await asker.see(anything))
