"""One request and its answer, frozen: headers, bytes, the arrival time of each chunk. No I/O, no opinion."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from wirecheck import sse, strict_json

HIDDEN: Final = "$WIRECHECK_API_KEY"
"""What stands for a key of the target, in evidence and in commands: the variable that a shell expands."""

End = Literal["complete", "timeout", "broken", "too long", "left", "no answer", "lost"]
"""How an answer ended: whole; out of time; connection broken; cut by us at the size limit; we left. Where nothing came:
out of time (`no answer`), or the connection was refused or closed (`lost`).
"""


class Absent:
    """What `at` gives where there is nothing: falsy, and not the same as null."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent()


@dataclass(frozen=True)
class Request:
    """What was sent. `path` is the contract's (`/v1/models`), `url` the server's; the key is never in it."""

    method: str
    path: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @cached_property
    def json(self) -> Any:
        """The body's value, or `ABSENT` where the body is no JSON."""
        try:
            return strict_json.parse(self.body)
        except strict_json.NotJson:
            return ABSENT


@dataclass(frozen=True)
class Chunk:
    """Bytes as one read gave them, `at` seconds after the request was sent."""

    at: float
    data: bytes


@dataclass(frozen=True)
class Intent:
    """Why a request was sent: by which probe (or the sweep), and what the contract says of it.

    `valid` is None where neither holds (another method, no key). `field` is the dotted path of the one broken field.
    `findings` maps a check of the sweep that applied here to what it found, None where it found nothing.
    """

    origin: str
    case: str = ""
    valid: bool | None = None
    field: str | None = None
    operation: str | None = None
    findings: tuple[tuple[str, str | None], ...] = ()

    def finding(self, check: str) -> str | Absent | None:
        """What the named check found, `ABSENT` where it did not apply."""
        return dict(self.findings).get(check, ABSENT)


@dataclass(frozen=True)
class Exchange:
    """A request and all that came back. `status` is None when no status line came; `sent` is Unix seconds."""

    request: Request
    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    chunks: tuple[Chunk, ...] = ()
    end: End = "complete"
    error: str = ""
    seconds: float = 0.0
    sent: float = 0.0
    intent: Intent = field(default=Intent("unknown"))
    leaks_key: bool = False

    @cached_property
    def body(self) -> bytes:
        """All bytes of the answer."""
        return b"".join(chunk.data for chunk in self.chunks)

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, in lower case; "" where there is none."""
        return (self.header("content-type") or "").split(";")[0].strip().lower()

    @cached_property
    def _parsed(self) -> tuple[Any, str]:
        try:
            return strict_json.parse(self.body), ""
        except strict_json.NotJson as error:
            return ABSENT, str(error)

    @property
    def json(self) -> Any:
        """The body's value, or `ABSENT` where the body is no JSON (`not_json` says why)."""
        return self._parsed[0]

    @property
    def not_json(self) -> str:
        """Why the body is no JSON; "" where it is."""
        return self._parsed[1]

    @cached_property
    def stream(self) -> sse.Stream:
        """The body read as server-sent events, whatever its Content-Type says."""
        return sse.read((chunk.at, chunk.data) for chunk in self.chunks)

    def at(self, *path: str | int) -> Any:
        """The value at a path of keys and indexes in the JSON body, or `ABSENT`."""
        return at(self.json, *path)

    def __str__(self) -> str:
        what = f"{self.request.method} {self.request.path}"
        return f"{what} -> {self.status if self.status is not None else self.error or self.end}"


def at(value: Any, *path: str | int) -> Any:
    """The value at a path of keys and indexes in any JSON value, or `ABSENT`."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
        elif isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def items(value: Any, *path: str | int) -> list[Any]:
    """The items of the list at a path in any JSON value; none where there is no list."""
    found = at(value, *path)
    return found if isinstance(found, list) else []
