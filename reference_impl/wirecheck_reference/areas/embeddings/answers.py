"""Vectors as the contract has them: a list of objects, the numbers as such or as base64. Knows no engine."""

from __future__ import annotations

import sys
from array import array
from base64 import b64encode
from typing import Any

from wirecheck_reference.engines.embedding import Embedded
from wirecheck_reference.spending import tell


def listed(embedded: Embedded, model: str, *, base64: bool) -> dict[str, Any]:
    """The document of an answer."""
    encode = as_base64 if base64 else list
    tell(model, embedded.prompt_tokens, 0)
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": encode(vector)}
            for index, vector in enumerate(embedded.vectors)
        ],
        "model": model,
        "usage": {"prompt_tokens": embedded.prompt_tokens, "total_tokens": embedded.prompt_tokens},
    }


def as_base64(vector: array[float]) -> str:
    """The numbers as little-endian 32-bit floats in base64."""
    if sys.byteorder == "big":
        vector = array("f", vector)
        vector.byteswap()
    return b64encode(vector.tobytes()).decode()
