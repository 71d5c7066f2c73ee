"""The parts of an exchange that faults change. Knows no ASGI, and no bytes of a request."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from pydantic_core import to_json

Event: TypeAlias = dict[str, Any] | str | bytes
"""The data of an event: a document or `[DONE]`; or bytes for the wire, framing and all."""


class Keys(NamedTuple):
    """The keys of a server: those that may do all, those that may do a part, and those that were revoked."""

    right: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()


@dataclasses.dataclass(slots=True)
class Request:
    """A request, as what it means: two spellings of one document are one request.

    `headers` have lower-case names, `query` is as it was sent. `body` is the JSON document, None where there is none;
    `malformed` says that the bytes could not be read as JSON. `parameters` are those of the operation's path. `keys`
    are the API keys that the server takes for all, `narrow_keys` and `revoked_keys` the others. `connection` is the
    client's end of it. `count_depth` tells `depth`: of a long body that takes a while. `read_form` tells `form`.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: Any = None
    malformed: bool = False
    count_depth: Callable[[], int] = lambda: 0
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict)
    keys: tuple[str, ...] = ()
    narrow_keys: tuple[str, ...] = ()
    revoked_keys: tuple[str, ...] = ()
    connection: tuple[str, int] = ("", 0)
    query: bytes = b""
    read_form: Callable[[], tuple[tuple[str, bytes], ...]] = tuple

    @property
    def depth(self) -> int:
        """How deep the brackets of the body nest, be it JSON or not."""
        return self.count_depth()

    @property
    def form(self) -> tuple[tuple[str, bytes], ...]:
        """The fields of a form in their order, by name; none where the body is no form."""
        return self.read_form()

    def field(self, name: str) -> Any:
        """A field of the body; None where there is no such field, or no object."""
        return self.body.get(name) if isinstance(self.body, dict) else None

    def has(self, name: str) -> bool:
        """Whether the body is an object with that field, even with null in it."""
        return isinstance(self.body, dict) and name in self.body


@dataclasses.dataclass(slots=True)
class Answer:
    """An answer that is no stream, and what was asked. `content-length` is set when it is sent."""

    request: Request
    status: int
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
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

    @property
    def error(self) -> dict[str, Any]:
        """The error in the envelope; empty where the body is no envelope."""
        document = self.document
        found = document.get("error") if isinstance(document, dict) else None
        return found if isinstance(found, dict) else {}
