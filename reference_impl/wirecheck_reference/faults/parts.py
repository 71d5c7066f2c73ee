"""The parts of an exchange that faults change. Knows no ASGI."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pydantic_core import to_json

Event: TypeAlias = dict[str, Any] | str | bytes
"""The data of an event: a document or `[DONE]`; or bytes for the wire, framing and all."""


@dataclass(slots=True)
class Asked:
    """A request: lower-case header names; `body` is its JSON document, None where it is none; `raw` its bytes."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    body: Any = None


@dataclass(slots=True)
class Answer:
    """An answer that is no stream, and what was asked. `content-length` is set when it is sent."""

    asked: Asked
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def document(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @document.setter
    def document(self, document: Any) -> None:
        self.headers["content-type"] = "application/json"
        self.body = to_json(document)
