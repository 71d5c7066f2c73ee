"""What a request for embeddings asks, and the vectors of an answer, as faults read and write them."""

from __future__ import annotations

import math
import struct
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from hashlib import shake_128
from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Answer, Request

OPERATION: Final = "createEmbedding"

Vector = Sequence[float]


def texts_of(request: Request) -> list[str]:
    """The texts that are to be embedded; none where they are tokens."""
    given = request.field("input")
    listed = given if isinstance(given, list) else [given]
    return listed if all(isinstance(each, str) for each in listed) else []


def several(request: Request, least: int = 2) -> bool:
    """Whether a list of so many texts, or more, is to be embedded."""
    return isinstance(request.field("input"), list) and len(texts_of(request)) >= least


def wants_base64(request: Request) -> bool:
    """Whether base64 is asked for."""
    return bool(request.field("encoding_format") == "base64")


def tokens_of(request: Request) -> list[int]:
    """The one list of tokens; empty where there is none, or several."""
    given = request.field("input")
    whole = isinstance(given, list) and all(type(each) is int for each in given)
    return given if whole else []


def revector(answer: Answer, change: Callable[[list[Vector]], Sequence[Vector]]) -> None:
    """Changes the vectors of a success, in the order of `data`; each is written in the form that it was in."""
    document = answer.document
    if answer.status != 200 or not isinstance(document, dict):
        return
    items = document["data"]
    changed = change([read(each["embedding"]) for each in items])
    for item, vector in zip(items, changed, strict=True):
        item["embedding"] = packed(vector) if isinstance(item["embedding"], str) else list(vector)
    answer.document = document


def rewrite(answer: Answer, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes the document of a success."""
    document = answer.document
    if answer.status == 200 and isinstance(document, dict):
        change(document)
        answer.document = document


def read(embedding: Any) -> Vector:
    """The numbers of a vector in either form."""
    if not isinstance(embedding, str):
        return list(embedding)
    data = b64decode(embedding)
    return struct.unpack(f"<{len(data) // 4}f", data)


def packed(vector: Vector, form: str = "<f") -> str:
    """The numbers in base64, by order and size as `struct` names them."""
    return b64encode(struct.pack(f"{form[0]}{len(vector)}{form[1]}", *vector)).decode()


def unit(vector: Vector, length: float = 1.0) -> Vector:
    """The vector with another length."""
    size = math.hypot(*vector) or 1.0
    return [length * each / size for each in vector]


def noise(name: str, count: int) -> Vector:
    """A vector that a name alone decides, of length 1."""
    return unit([byte - 127.5 for byte in shake_128(name.encode()).digest(count)])
