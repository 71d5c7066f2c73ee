"""Bodies of requests, read by what they mean, JSON written again. Knows no schema and no operation."""

from __future__ import annotations

import json
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, Final, NoReturn

from pydantic_core import from_json

_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")


def read_body(raw: bytes) -> Any:
    """The document. Halves of surrogate pairs are kept, which the server itself does not read as text.

    Raises `ValueError` for what is no JSON, or is nested too deep to be read.
    """
    try:
        return from_json(raw, allow_inf_nan=False)
    except ValueError:
        pass
    try:
        return json.loads(raw.decode(), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deep") from None


def write_body(document: Any) -> bytes:
    """The document as JSON in ASCII, so that halves of surrogate pairs are written as they were sent."""
    return json.dumps(document).encode()


def read_form(raw: bytes, label: str) -> tuple[tuple[str, bytes], ...]:
    """The fields of a form in their order, by name; none where the body is no form by its label."""
    if not label.lower().startswith("multipart/form-data"):
        return ()
    head = f"content-type:{label}\r\n\r\n".encode("latin-1")
    message = BytesParser(EmailMessage, policy=policy.HTTP).parsebytes(head + raw)
    found: list[tuple[str, bytes]] = []
    for part in message.iter_parts() if message.is_multipart() else ():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        found.append((str(name), content if isinstance(content, bytes) else b""))
    return tuple(found)


def depth_of(raw: bytes) -> int:
    """How deep brackets nest outside of strings, whether or not the whole is JSON."""
    deepest = depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
