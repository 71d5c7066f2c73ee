"""Generated embedding requests, made cheap to answer and free of what a model may lack. No I/O, no generator."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.embeddings.asking import LONGEST, MOST, TEXTS
from wirecheck.contract.document import document

# What every server that embeds reads.
COMMON: Final = r"model|input(\..*)?"
SMALLEST: Final = {"model": "model", "input": TEXTS[0]}

# So many inputs, and characters or tokens of each, of a generated request are kept.
_INPUTS: Final = 4
_LENGTH: Final = 500
_REQUEST: Final = "EmbeddingRequest"
_OPTIONAL: Final = ("dimensions", "encoding_format")


def pardons(body: dict[str, Any]) -> dict[str, Any]:
    """The body without what has sentences of its own: nothing, and too much, in `input`."""
    return {**body, "input": _pardoned(body["input"], TEXTS[0])} if "input" in body else body


def _pardoned(value: Any, least: Any) -> Any:
    if value in ("", []):
        return least
    if isinstance(value, str):
        return value[:LONGEST]
    return (
        [_pardoned(each, TEXTS[0] if each == "" else [1]) for each in value[:MOST]]
        if isinstance(value, list)
        else value
    )


def plain(body: Any) -> Any:
    """A valid body with nothing in it that a server may lack: one text or several, as numbers.

    A body that would not be valid without the rest is returned unchanged.
    """
    if not isinstance(body, dict):
        return body
    lean = {name: value for name, value in body.items() if name not in _OPTIONAL}
    given = lean.get("input")
    if isinstance(given, list) and not all(isinstance(each, str) for each in given):
        lean["input"] = TEXTS[0]
    return lean if document().validator(_REQUEST).is_valid(lean) else body


def cheap(body: dict[str, Any]) -> dict[str, Any]:
    """The body with few and short inputs; a broken one stays as it is."""
    if not document().validator(_REQUEST).is_valid(body):
        return body
    return {**body, "input": _short(body["input"])}


def _short(value: Any) -> Any:
    if isinstance(value, list) and isinstance(value[0], (str, list)):
        return [each[:_LENGTH] for each in value[:_INPUTS]]
    return value[:_LENGTH]
