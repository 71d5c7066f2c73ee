"""Structured output gone wrong."""

from __future__ import annotations

import json
from typing import Any

from wirecheck_reference.faults.fault import on_json, on_request
from wirecheck_reference.faults.parts import Asked


def _format(asked: Asked) -> str | None:
    wanted = asked.body.get("response_format") if isinstance(asked.body, dict) else None
    return wanted.get("type") if isinstance(wanted, dict) else None


@on_json(breaks=("structured.schema",))
def writes_numbers_as_text(document: dict[str, Any]) -> None:
    """Answers a schema with texts where it wants numbers."""
    for choice in document["choices"]:
        content = choice["message"].get("content") or ""
        if content.startswith("{") and '"colour"' in content:
            value = {name: str(each) if isinstance(each, int) else each for name, each in json.loads(content).items()}
            choice["message"]["content"] = json.dumps(value)


@on_request(breaks=("structured.schema-stream",))
def ignores_schemas_in_streams(asked: Asked) -> None:
    """Streams prose where a schema with properties was given."""
    if _format(asked) == "json_schema" and asked.body.get("stream") and b'"properties"' in asked.raw:
        del asked.body["response_format"]


@on_request(breaks=("structured.unusable",))
def ignores_schemas_it_cannot_use(asked: Asked) -> None:
    """Answers prose where the schema has a reference."""
    if _format(asked) == "json_schema" and b'"$ref"' in asked.raw:
        del asked.body["response_format"]


@on_request(breaks=("structured.object",))
def ignores_json_mode(asked: Asked) -> None:
    """Takes `json_object` and answers prose."""
    if _format(asked) == "json_object":
        del asked.body["response_format"]
