"""One request and its answer, frozen: headers, bytes, the arrival time of each chunk. No I/O, no opinion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Final, Literal, TypeVar

from wirecheck.contract.operations import LINES, Operation, operations
from wirecheck.evidence import sse, strict_json

T = TypeVar("T")

HIDDEN: Final = "$WIRECHECK_API_KEY"
"""What stands for a key of the target, in evidence and in commands: the variable that a shell expands."""

UNSHOWN: Final = "<hidden>"
"""What stands for the value of a header that the user gave."""

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


Provocation = Literal["", "wrong method", "model failure", "sign of life"]
"""What a request is to bring about, where that is no refusal of what it says."""


LAST: Final = "the end of the run"
"""The origin of the sign of life that closes a run in which something got no answer."""


@dataclass(frozen=True)
class Intent:
    """Why a request was sent: by which probe (or the sweep), and what the contract says of it.

    `case` is for people. `valid` is None where the contract calls for nothing in particular (another method, no key).
    `field` is the dotted path of the one broken field. `provokes` names what else the request is to bring about.
    """

    origin: str
    case: str = ""
    valid: bool | None = None
    field: str | None = None
    provokes: Provocation = ""


@dataclass(frozen=True)
class Payload:
    """What one event of a stream or one line of NDJSON carries.

    `number` counts from 1, `at` is its arrival in seconds, `value` its JSON value or `ABSENT` where it is no JSON.
    """

    number: int
    text: str
    value: Any
    at: float = 0.0


@dataclass(frozen=True)
class Exchange:
    """A request and all that came back. `status` is None when no status line came; `sent` is Unix seconds.

    `chunks` are what was said once its content coding was undone; `not_coded` tells why that could not be done: then
    they are as they came.
    """

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
    not_coded: str = ""
    _read: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[[Exchange], T]) -> T:
        """What a reader makes of this exchange: read at the first call, kept for all later ones."""
        if read not in self._read:
            self._read[read] = read(self)
        kept: T = self._read[read]
        return kept

    @cached_property
    def operation(self) -> Operation | None:
        """The operation of the contract that was asked; None where the contract has no such path and method."""
        return operations().of(self.request.method, self.request.path)

    @cached_property
    def body(self) -> bytes:
        """All bytes of the answer."""
        return b"".join(chunk.data for chunk in self.chunks)

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case; None where there is none."""
        return self._named.get(name.lower())

    @cached_property
    def _named(self) -> dict[str, str]:
        # Of a header that stands twice the first, which is put in last.
        return {name.lower(): value for name, value in reversed(self.headers)}

    @property
    def unanswered(self) -> bool:
        """Whether nothing came back, to a client that waited for it."""
        return self.status is None and self.end != "left"

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, in lower case; "" where there is none."""
        return (self.header("content-type") or "").split(";")[0].strip().lower()

    @property
    def shed(self) -> bool:
        """Whether a server that is full sent the request away: 429, or 503 or 529 that says when to come again."""
        told = self.header("retry-after") or self.header("retry-after-ms")
        return self.status == 429 or (self.status in (503, 529) and told is not None)

    @property
    def retry_after(self) -> float | None:
        """The seconds that the server says to wait: in milliseconds, which SDKs read first, in seconds or as a date."""
        for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
            told = self.header(name) or ""
            if told.isascii() and told.isdigit() and len(told) <= 7:
                return int(told) / unit
        try:
            date = parsedate_to_datetime(self.header("retry-after") or "")
        except ValueError:
            return None
        return max(date.timestamp() - self.sent, 0.0) if date.tzinfo else None

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

    @cached_property
    def path_template(self) -> str | None:
        """The path of the contract that was asked, whatever the method; None where it has no such path."""
        return operations().template(self.request.path)

    @property
    def is_stream(self) -> bool:
        """Whether the answer is a stream of events or of lines, by its own label."""
        return self.media_type in (sse.MEDIA_TYPE, LINES)

    @property
    def asks_for_stream(self) -> bool:
        """Whether the request's body says `stream: true`."""
        return at(self.request.json, "stream") is True

    @cached_property
    def payloads(self) -> tuple[Payload, ...]:
        """What each event (or line, by the answer's label) of the body carries, parsed once."""
        if self.media_type == LINES:
            texts = [(text, 0.0) for text in self.body.decode("utf-8", "replace").split("\n")]
        else:
            texts = [(event.data, event.at) for event in self.stream.events]
        return tuple(Payload(number, text, _value(text), at_) for number, (text, at_) in enumerate(texts, 1))

    @property
    def objects(self) -> list[tuple[int, dict[str, Any]]]:
        """The JSON objects among the payloads, each with its number."""
        return [(each.number, each.value) for each in self.payloads if isinstance(each.value, dict)]

    def at(self, *path: str | int) -> Any:
        """The value at a path of keys and indexes in the JSON body, or `ABSENT`."""
        return at(self.json, *path)

    def __str__(self) -> str:
        what = f"{self.request.method} {self.request.path}"
        return f"{what} -> {self.status if self.status is not None else self.error or self.end}"


def _value(text: str) -> Any:
    try:
        return strict_json.parse(text)
    except strict_json.NotJson:
        return ABSENT


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


def whole_number(value: Any) -> int | None:
    """A whole number, however it is written (`22`, and for JSON Schema `22.0` too); None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    return value
