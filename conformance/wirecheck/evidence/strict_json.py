"""Bytes of a JSON text (RFC 8259) to a value, refusing what only lenient parsers take. No I/O."""

from __future__ import annotations

import json
import re
from typing import Any, Final

# No answer of the contract nests deeper than about 20; past this a reader recurses for an attacker's sake.
DEEPEST: Final = 200

# A string, or a bracket outside of one.
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.DOTALL)
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


class NotJson(ValueError):
    """The bytes are no JSON text; the message says why."""


class TooDeep(NotJson):
    """The text may be JSON, but nests deeper than `DEEPEST`."""


def _refuse(constant: str) -> Any:
    raise NotJson(f"{constant} is not JSON")


def _deep(text: str) -> bool:
    """Whether a text nests deeper than `DEEPEST`. Stops at the first place that does."""
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token.group()[0]
        if first in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif first in "]}":
            depth -= 1
    return False


def parse(data: bytes | str) -> Any:
    """The value of one JSON text in UTF-8 (RFC 8259 section 8.1: no byte-order mark, no NaN, no Infinity).

    Half of a surrogate pair (section 8.2: "unpredictable") becomes U+FFFD, since no text can hold it.
    Raises `NotJson` for anything else, and for a text nested deeper than `DEEPEST`.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8: {error.reason} at byte {error.start}") from None
    if text.startswith("\ufeff"):
        raise NotJson("begins with a byte-order mark")
    # Looked at before it is parsed: a parser that runs out of stack may take the whole process with it. Only a text
    # with many brackets can be deep: the count is the cheap bound.
    if text.count("[") + text.count("{") > DEEPEST and _deep(text):
        raise TooDeep(f"nested deeper than {DEEPEST}")
    try:
        value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at character {error.pos}") from None
    except ValueError as error:  # an integer of more digits than Python converts
        raise NotJson(str(error)) from None
    return _mended(value) if _HALF.search(text) else value


def why_not(data: bytes | str) -> str:
    """Why something is no JSON text; "" where it is one."""
    try:
        parse(data)
    except NotJson as error:
        return str(error)
    return ""


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value
