"""The two that must agree: a JSON Schema validator and a generated model, for each schema of the bundle."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import wirecheck_contract.models
from pydantic import TypeAdapter, ValidationError

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def document() -> dict[str, Any]:
    """The bundle."""
    loaded: dict[str, Any] = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    return loaded


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The schemas of the bundle by name."""
    found: dict[str, dict[str, Any]] = document()["components"]["schemas"]
    return found


def validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """A validator of a schema that may refer to components of the bundle."""
    whole = {"$schema": DIALECT, **schema, "components": {"schemas": schemas()}}
    return jsonschema_rs.Draft202012Validator(whole)


@cache
def component_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """A validator of one component of the bundle."""
    return validator({"$ref": f"#/components/schemas/{name}"})


@cache
def model(name: str) -> TypeAdapter[Any]:
    """The generated model of one component."""
    return TypeAdapter(getattr(wirecheck_contract.models, name))


def contract_accepts(name: str, value: Any) -> bool:
    """The verdict of the contract."""
    return component_validator(name).is_valid(value)


def model_accepts(adapter: TypeAdapter[Any], text: str) -> bool:
    """The verdict of a model, from bytes as a server reads them."""
    try:
        adapter.validate_json(text.encode())
    except ValidationError:
        return False
    return True
