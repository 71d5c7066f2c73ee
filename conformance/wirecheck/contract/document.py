"""The contract's document: the bundled openapi.json, or an extension of it that the user names. Knows no operation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class BadContract(ValueError):
    """A file is no extension of the contract; the message says why."""


class Document:
    """A bundled OpenAPI document and the validators of its schemas (JSON Schema 2020-12), each made once."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self._validators: dict[str, Any] = {}

    @property
    def schemas(self) -> dict[str, Any]:
        """The schemas of the components by name."""
        found: dict[str, Any] = self.content["components"]["schemas"]
        return found

    @cached_property
    def _opened(self) -> dict[str, Any]:
        opened: dict[str, Any] = _open(self.schemas)
        return opened

    def resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        """What stands behind a `$ref` into the document, the node itself where it is none."""
        while "$ref" in node:
            target: Any = self.content
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def validator(self, schema: str | dict[str, Any], *, opened: bool = False) -> Any:
        """A validator of a component, by its name, or of any schema that refers to components.

        `opened`: unknown fields are allowed everywhere. Raises KeyError for an unknown name.
        """
        if isinstance(schema, str):
            self.schemas[schema]
            schema = {"$ref": f"#/components/schemas/{schema}"}
        key = f"{opened} {json.dumps(schema, sort_keys=True)}"
        if key not in self._validators:
            inner = _open(schema) if opened else schema
            components = {"schemas": self._opened if opened else self.schemas}
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                {"$schema": DIALECT, **inner, "components": components}
            )
        return self._validators[key]


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


def packaged(name: str) -> bytes:
    """A generated file of the package wirecheck_contract, such as `rules.json`."""
    return files("wirecheck_contract").joinpath(name).read_bytes()


_current: list[Document] = []


def document() -> Document:
    """The document that this process judges by."""
    if not _current:
        _current.append(Document(json.loads(packaged("openapi.json"))))
    return _current[-1]


def digest() -> str:
    """SHA-256 over the document and the rules, in hex: two runs with one digest judged by one contract."""
    content = document().content
    same = len(_current) < 2
    written = packaged("openapi.json") if same else json.dumps(content, sort_keys=True).encode()
    return hashlib.sha256(written + packaged("rules.json")).hexdigest()


def read(path: Path) -> dict[str, Any]:
    """A bundled document from a file that extends the contract: all that the contract has, and more.

    Raises `BadContract` for a file that is not there, no OpenAPI 3 document in JSON, or lacks a path or a component of
    the contract: its sentences speak of them.
    """
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise BadContract(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        raise BadContract(f"{path}: not JSON ({error}); a bundled document is wanted") from None
    if not isinstance(content, dict) or not str(content.get("openapi", "")).startswith("3."):
        raise BadContract(f"{path}: no OpenAPI 3 document")
    ours = document().content
    for where in (("paths",), *(("components", kind) for kind in ours["components"])):
        mine, theirs = ours, content
        for step in where:
            found = theirs.get(step)
            mine, theirs = mine[step], found if isinstance(found, dict) else {}
        missing = sorted(set(mine) - set(theirs))
        if missing:
            raise BadContract(f"{path}: {'.'.join(where)} lacks {missing[0]!r}, which the contract has")
    return content


@contextmanager
def replaced(content: dict[str, Any]) -> Iterator[None]:
    """Judges by another document inside the block: one that extends the contract (see `read`)."""
    document()
    _current.append(Document(content))
    try:
        yield
    finally:
        _current.pop()
