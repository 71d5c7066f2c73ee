"""The lines of a batch's input file: read one by one, and looked at. Knows no database and no operation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import from_json, to_json

from wirecheck_reference.store.contents import Content

_PIECE: Final = 256 * 1024
# Lines after which others have their turn.
_BREATH: Final = 50
_METHOD: Final = "POST"


@dataclass(frozen=True, slots=True)
class Line:
    """A request of a batch: the body is JSON, `number` counts the lines of the file from 1."""

    number: int
    custom_id: str
    body: bytes
    model: str | None
    streams: bool


class BadLine(Exception):
    """What is wrong with a line, as a batch tells it."""

    def __init__(self, code: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.param = param


async def numbered(content: Content, most: int) -> AsyncGenerator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; of one of more than `most` bytes as many and one more.

    Lines end as JSON Lines has them: with LF, or CR LF.
    """
    number, held, place = 1, b"", 0
    while piece := await content.read(place, _PIECE):
        place += len(piece)
        *whole, rest = piece.split(b"\n")
        for text in whole:
            if line := (held + text)[: most + 1].strip():
                yield number, line
            number, held = number + 1, b""
            if not number % _BREATH:
                await asyncio.sleep(0)
        held = (held + rest)[: most + 1]
    if line := held.strip():
        yield number, line


def read(number: int, text: bytes, endpoint: str, most: int) -> Line:
    """A line as a request for the operation at `endpoint`. Raises `BadLine`."""
    if len(text) > most:
        raise BadLine("line_too_long", f"This line is longer than {most} bytes.")
    try:
        document = from_json(text, allow_inf_nan=False)
    except ValueError:
        raise BadLine("invalid_json_line", "This line is not parseable as valid JSON.") from None
    if not isinstance(document, dict):
        raise BadLine("invalid_json_line", "This line is no JSON object.")
    custom_id = document.get("custom_id")
    if not isinstance(custom_id, str) or not custom_id:
        raise BadLine("missing_required_parameter", "A line needs a custom_id.", "custom_id")
    if document.get("method") != _METHOD:
        raise BadLine("invalid_method", f"The method of a line is {_METHOD}.", "method")
    if document.get("url") != endpoint:
        raise BadLine("mismatched_endpoint", f"The url of a line is that of the batch, {endpoint}.", "url")
    body = document.get("body")
    if not isinstance(body, dict):
        raise BadLine("missing_required_parameter", "A line needs a body that is an object.", "body")
    return Line(number, custom_id, to_json(body), _model(body), body.get("stream") is True)


def _model(body: dict[str, Any]) -> str | None:
    found = body.get("model")
    return found if isinstance(found, str) else None
