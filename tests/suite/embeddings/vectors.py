"""Answers with embeddings as servers give them, for tests that need no server."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from wirecheck.areas.embeddings.asking import EMBEDDINGS, TEXTS
from wirecheck.evidence.exchange import Exchange, Intent

from tests.suite.exchanges import answered, asked

# Four directions that have nothing in common, and one that is near the first.
ONE, TWO, THREE, FOUR = ([float(place == own) for place in range(4)] for own in range(4))
LIKE_ONE = [0.9, 0.1, 0.1, 0.1]
ALL = (ONE, TWO, LIKE_ONE, THREE, FOUR)
FULL = [0.5, 0.5, 0.5, 0.5]


def packed(vector: Sequence[float], form: str = "<f") -> str:
    return b64encode(struct.pack(f"{form[0]}{len(vector)}{form[1]}", *vector)).decode()


def document(*vectors: Any, tokens: int = 4, **fields: Any) -> dict[str, Any]:
    data = [{"object": "embedding", "index": index, "embedding": each} for index, each in enumerate(vectors)]
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": data, "model": "m", "usage": usage} | fields


def came(*vectors: Any, given: Any = None, tokens: int = 4, fields: Any = None, **asks: Any) -> Exchange:
    """A success with these vectors; `given` is the input, else texts, as many; `asks` are fields of the request."""
    texts = list(TEXTS[: len(vectors)]) if len(vectors) > 1 else TEXTS[0]
    body = {"model": "m", "input": texts if given is None else given, **asks}
    request = asked(EMBEDDINGS, body=body)
    return answered(document(*vectors, tokens=tokens, **(fields or {})), request=request)


def refused(status: int = 400, code: str | None = None, field: str = "input") -> Exchange:
    error = {"error": {"message": f"No {field}.", "type": "invalid_request_error", "param": field, "code": code}}
    return answered(
        error, status=status, request=asked(EMBEDDINGS, body={"model": "m", "input": "x"}), intent=Intent("t")
    )
