"""A copy of the contract with operations that nobody has: some keep things, one keeps nothing, one takes forms."""

from __future__ import annotations

import copy
from typing import Any, Final

from wirecheck.contract.document import document

THINGS: Final = "/v1/things"
THING: Final = "/v1/things/{thing_id}"
TRANSLATIONS: Final = "/v1/translations"
UPLOADS: Final = "/v1/uploads"

_TEXT: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 40}
_SCHEMAS: Final[dict[str, Any]] = {
    "ThingRequest": {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {"name": _TEXT, "size": {"type": "integer", "minimum": 1, "maximum": 9}},
    },
    "Thing": {
        "type": "object",
        "required": ["id", "object", "name"],
        "properties": {"id": _TEXT, "object": {"const": "thing"}, "name": _TEXT},
    },
    "ThingList": {
        "type": "object",
        "required": ["object", "data"],
        "properties": {
            "object": {"const": "list"},
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
        },
    },
    "TranslationRequest": {
        "type": "object",
        "required": ["model", "text"],
        "additionalProperties": False,
        "properties": {
            "model": {"$ref": "#/components/schemas/ModelId"},
            "text": _TEXT,
            "language": {"enum": ["de", "fr"]},
            "stream": {"type": "boolean"},
        },
    },
    "Translation": {
        "type": "object",
        "required": ["text", "model"],
        "properties": {"text": {"type": "string"}, "model": {"$ref": "#/components/schemas/ModelId"}},
    },
    "TranslationChunk": {"type": "object", "required": ["piece"], "properties": {"piece": {"type": "string"}}},
    "UploadRequest": {
        "type": "object",
        "required": ["file", "purpose"],
        "properties": {
            "file": {"type": "string", "minLength": 1},
            "purpose": {"enum": ["batch", "vision"]},
            "days": {"type": "integer", "minimum": 1, "maximum": 30},
        },
    },
}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(name: str, **more: Any) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(name), **more}}


def _operation(id_: str, answers: dict[str, Any], **given: Any) -> dict[str, Any]:
    error = {"description": "No.", "content": _json("ErrorResponse")}
    refused = dict.fromkeys(("400", "401", "404", "405", "413", "415", "422", "429"), error)
    return {"operationId": id_, "tags": ["things"], "responses": {**answers, **refused}, **given}


def _answer(content: dict[str, Any]) -> dict[str, Any]:
    return {"description": "Here.", "content": content}


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": content}


_ID: Final = {"name": "thing_id", "in": "path", "required": True, "schema": _TEXT}
_CHUNKS: Final = {
    "text/event-stream": {
        "itemSchema": {
            "type": "object",
            "required": ["data"],
            "properties": {
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": _reference("TranslationChunk"),
                }
            },
        }
    }
}
_PATHS: Final[dict[str, Any]] = {
    THINGS: {
        "get": _operation(
            "listThings", {"200": _answer(_json("ThingList"))}, security=[{"BearerAuth": ["things:read"]}]
        ),
        "post": {
            **_operation("createThing", {"201": _answer(_json("Thing"))}),
            "x-stateless": False,
            "requestBody": _body(_json("ThingRequest", example={"name": "lamp", "size": 3})),
        },
    },
    THING: {
        "get": _operation("getThing", {"200": _answer(_json("Thing"))}, parameters=[_ID]),
        "delete": {
            **_operation("deleteThing", {"200": _answer(_json("Thing"))}, parameters=[_ID]),
            "x-stateless": False,
        },
    },
    TRANSLATIONS: {
        "post": {
            **_operation("createTranslation", {"200": _answer(_json("Translation") | _CHUNKS)}),
            "x-stateless": True,
            "security": [{"BearerAuth": ["things:write"]}],
            "requestBody": _body(_json("TranslationRequest", example={"model": "made-up", "text": "hello"})),
        }
    },
    UPLOADS: {
        "post": {
            **_operation("createUpload", {"200": _answer(_json("Thing"))}),
            "x-stateless": True,
            "requestBody": _body({"multipart/form-data": {"schema": _reference("UploadRequest")}}),
        }
    },
}


def extended() -> dict[str, Any]:
    """The contract with the made-up operations beside its own."""
    content = copy.deepcopy(document().content)
    content["paths"] |= copy.deepcopy(_PATHS)
    content["components"]["schemas"] |= copy.deepcopy(_SCHEMAS)
    return content


def alone() -> dict[str, Any]:
    """The contract with the made-up operations in place of its own."""
    return {**extended(), "paths": copy.deepcopy(_PATHS)}
