"""The contract as the suite reads it: openapi.json and rules.json, never the models generated from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Section:
    """A section of spec/rules: where its sentences come from, and why they are there."""

    cites: str
    title: str
    source: str
    why: str


@cache
def _read(name: str) -> bytes:
    return files("wirecheck_contract").joinpath(name).read_bytes()


@cache
def document() -> dict[str, Any]:
    """The bundled OpenAPI document."""
    loaded: dict[str, Any] = json.loads(_read("openapi.json"))
    return loaded


@cache
def digest() -> str:
    """SHA-256 over the document and the rules, in hex: two runs with one digest judged by one contract."""
    return hashlib.sha256(_read("openapi.json") + _read("rules.json")).hexdigest()


@cache
def sections() -> dict[str, Section]:
    """The sections of spec/rules by what requirements cite, such as `streaming.md#end`."""
    return {
        each["cites"]: Section(each["cites"], each["title"], each["source"], each["why"])
        for each in json.loads(_read("rules.json"))["sections"]
    }


@cache
def validator(component: str) -> Any:
    """A JSON Schema validator (2020-12) of one component of the contract. Raises KeyError for an unknown name."""
    schemas = document()["components"]["schemas"]
    return _validator({"$ref": f"#/components/schemas/{component}"} if schemas[component] else {})


@cache
def lenient(component: str) -> Any:
    """The same, but with unknown fields allowed everywhere."""
    document()["components"]["schemas"][component]
    return _validator({"$ref": f"#/components/schemas/{component}"}, opened=True)


def _validator(schema: dict[str, Any], *, opened: bool = False) -> Any:
    components = document()["components"]
    if opened:
        components = _open(components)
    return jsonschema_rs.Draft202012Validator(
        {"$schema": DIALECT, **schema, "components": {"schemas": components["schemas"]}}
    )


def _open(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            # Alternatives that only their unknown fields told apart may now hold together.
            ("anyOf" if key == "oneOf" else key): _open(inner)
            for key, inner in value.items()
            if not (key in ("additionalProperties", "unevaluatedProperties") and inner is False)
        }
    if isinstance(value, list):
        return [_open(inner) for inner in value]
    return value
