"""Structured output: a JSON object, an instance of a schema, a schema that cannot be met."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.chat import effects
from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.areas.chat.effects import ignored
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import accepts, accepts_some

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


@probe(2)
async def instance(asker: Asker) -> Both:
    """A chat with response_format json_schema, without and with a stream."""
    fields = {**FIELDS, "response_format": _format(SCHEMA)}
    return Both(await chat(asker, PROMPT, **fields), await chat(asker, PROMPT, **fields, stream=True))


@probe()
async def unusable(asker: Asker) -> Exchange:
    """A chat with response_format json_schema whose schema refers to nowhere."""
    intent = Intent("", case="json_schema refers to nowhere")
    schema = {"type": "object", "properties": {"a": {"$ref": "#/$defs/Nowhere"}}, "required": ["a"]}
    return await chat(asker, PROMPT, **FIELDS, response_format=_format(schema), intent=intent)


@probe()
async def anything(asker: Asker) -> Exchange:
    """A chat with response_format json_object."""
    return await chat(asker, PROMPT, **FIELDS, response_format={"type": "json_object"})


@probe(sees=(anything,))
async def objects(asker: Asker) -> Both:
    """A chat with response_format json_object, without and with a stream."""
    fields = {**FIELDS, "response_format": {"type": "json_object"}}
    return Both(await asker.see(anything), await chat(asker, PROMPT, **fields, stream=True))


@probe(0, sees=(instance,))
async def has_schemas(asker: Asker) -> bool:
    """Whether response_format json_schema is taken and obeyed, without or with a stream."""
    seen = await asker.see(instance)
    answers = (seen.sync, seen.stream)
    return accepts_some(answers) and not ignored(answers, effects.json)


@probe(0, sees=(anything, objects))
async def has_json_mode(asker: Asker) -> bool:
    """Whether response_format json_object is taken and obeyed, without or with a stream."""
    first = await asker.see(anything)
    if accepts(first) and not ignored((first,), effects.json):
        return True
    seen = await asker.see(objects)
    return accepts_some((seen.sync, seen.stream)) and not ignored((seen.sync, seen.stream), effects.json)
