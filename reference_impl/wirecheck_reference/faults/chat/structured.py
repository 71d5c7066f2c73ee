"""Structured output gone wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


def _format(request: Request) -> str | None:
    wanted = request.field("response_format")
    return wanted.get("type") if isinstance(wanted, dict) else None


def _schema(request: Request) -> Any:
    """The schema that the answer must follow; None where there is none."""
    wanted = request.field("response_format")
    named = wanted.get("json_schema") if isinstance(wanted, dict) else None
    return named.get("schema") if isinstance(named, dict) else None


def _refers(schema: Any) -> bool:
    """Whether a reference stands anywhere in a schema."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return (isinstance(schema, dict) and "$ref" in schema) or any(map(_refers, parts))


@on_json(at="createChatCompletion", breaks=("structured.schema",))
def writes_numbers_as_text(document: dict[str, Any]) -> None:
    """Answers a schema with texts where it wants numbers."""
    for choice in document["choices"]:
        content = choice["message"].get("content") or ""
        with suppress(ValueError):
            value = json.loads(content)
            if isinstance(value, dict):
                texts = {name: str(each) if isinstance(each, int) else each for name, each in value.items()}
                choice["message"]["content"] = json.dumps(texts)


@on_request(at="createChatCompletion", breaks=("structured.schema-stream",))
def ignores_schemas_in_streams(request: Request) -> None:
    """Streams prose where a schema with properties was given."""
    schema = _schema(request)
    if isinstance(schema, dict) and "properties" in schema and wants_stream(request):
        del request.body["response_format"]


@on_request(at="createChatCompletion", breaks=("structured.both-modes",))
def refuses_schemas_in_streams(request: Request) -> None:
    """Refuses to stream what follows a schema."""
    if _format(request) == "json_schema" and wants_stream(request):
        request.body["response_format"] = 5


@on_request(at="createChatCompletion", breaks=("structured.object-both-modes",))
def refuses_json_mode_in_streams(request: Request) -> None:
    """Refuses to stream a JSON object."""
    if _format(request) == "json_object" and wants_stream(request):
        request.body["response_format"] = 5


@on_request(at="createChatCompletion", breaks=("structured.object-both-modes",))
def refuses_json_mode_without_a_stream(request: Request) -> None:
    """Refuses a JSON object that is not streamed."""
    if _format(request) == "json_object" and not wants_stream(request):
        request.body["response_format"] = 5


@on_request(at="createChatCompletion", breaks=("structured.unusable",))
def ignores_schemas_it_cannot_use(request: Request) -> None:
    """Answers prose where the schema has a reference."""
    if _refers(_schema(request)):
        del request.body["response_format"]


@on_answer(at="createChatCompletion", breaks=("errors.no-5xx",))
def blames_its_backend_for_schemas(answer: Answer) -> None:
    """Answers 502 where it cannot use the schema of an answer."""
    if answer.status in (400, 422) and str(answer.error.get("param")).startswith("response_format"):
        answer.status = 502


@on_request(at="createChatCompletion", breaks=("structured.object",))
def ignores_json_mode(request: Request) -> None:
    """Takes `json_object` and answers prose, where no stream is asked for."""
    if _format(request) == "json_object" and not wants_stream(request):
        del request.body["response_format"]
