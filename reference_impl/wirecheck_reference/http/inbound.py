"""What is known of the HTTP request in hand, for every layer to read. Knows no route and no body."""

from __future__ import annotations

import re
from typing import Any, Final

from starlette.types import Scope

from wirecheck_reference.ids import new_id

_PRINTABLE: Final = re.compile(rb"[\x20-\x7e]{1,128}")
_KEY: Final = "inbound"


class Inbound:
    """One request: its headers (lower-case names; of a repeated one the last), its id, and headers for its answer."""

    __slots__ = ("answer_headers", "headers", "request_id")

    def __init__(self, scope: Scope) -> None:
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        given = self.headers.get(b"x-request-id")
        self.request_id = given.decode() if given and _PRINTABLE.fullmatch(given) else new_id("req_")
        self.answer_headers: list[tuple[bytes, bytes]] = []

    @classmethod
    def of(cls, scope: Scope) -> Inbound:
        """The one of this request: made when it is first asked for."""
        state: dict[str, Any] = scope.setdefault("state", {})
        inbound: Inbound | None = state.get(_KEY)
        if inbound is None:
            inbound = state[_KEY] = cls(scope)
        return inbound

    def header(self, name: bytes) -> str:
        """A header's text, empty where there is none."""
        return self.headers.get(name, b"").decode("latin-1")
