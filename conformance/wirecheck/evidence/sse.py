"""Bytes to server-sent events, as WHATWG HTML section 9.2.6 reads them, with what is odd noted. No I/O.

A browser forgives much in silence; a judge must see it. Every departure from the plain form is kept as an `Oddity`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

MEDIA_TYPE: Final = "text/event-stream"

Kind = Literal["bom", "not utf-8", "unknown line", "no space", "many data lines", "no data", "unfinished"]

_FIELDS = frozenset({"data", "event", "id", "retry"})
_MARK = b"\xef\xbb\xbf"
# So many characters of an oddity are kept, and so many on each side of the place where it is.
_SHOWN = 200
_AROUND = 60


@dataclass(frozen=True)
class Event:
    """One dispatched event: its data (lines joined by LF), type, id, and the arrival of its last byte in seconds."""

    data: str
    type: str = "message"
    id: str | None = None
    at: float = 0.0


@dataclass(frozen=True)
class Oddity:
    """Something that a forgiving parser would not have noticed, with the text that shows it."""

    kind: Kind
    text: str
    at: float = 0.0


@dataclass(frozen=True)
class Stream:
    """The events of a body in order, its comments, and its oddities."""

    events: tuple[Event, ...]
    oddities: tuple[Oddity, ...]
    comments: tuple[str, ...] = ()

    def odd(self, kind: Kind) -> list[Oddity]:
        """The oddities of one kind."""
        return [oddity for oddity in self.oddities if oddity.kind == kind]


class _Reader:
    """The state of the parser between two lines."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.oddities: list[Oddity] = []
        self.comments: list[str] = []
        self.named = False
        self.clear()

    def clear(self) -> None:
        self.data: list[str] = []
        self.type = ""
        self.id: str | None = None
        self.pending = False

    def note(self, kind: Kind, text: str, at: float) -> None:
        # What ends a body counts as much as what begins it: a cut must not hide that `[DONE]` was there.
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2 - 1]}…{text[-_SHOWN // 2 :]}"
        self.oddities.append(Oddity(kind, shown, at))

    def line(self, raw: bytes, at: float) -> None:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            text = raw.decode("utf-8", "replace")
            place = len(raw[: error.start].decode("utf-8"))
            self.note("not utf-8", text[max(place - _AROUND, 0) : place + _AROUND], at)
        if text == "":
            self.dispatch(at)
        elif text.startswith(":"):
            self.comments.append(text[1:])
        else:
            self.field(text, at)

    def field(self, text: str, at: float) -> None:
        name, colon, value = text.partition(":")
        if name not in _FIELDS:
            self.note("unknown line", text, at)
            return
        self.pending = True
        if value.startswith(" "):
            value = value[1:]
        elif colon and name == "data":
            self.note("no space", text, at)
        if name == "data":
            self.data.append(value)
        elif name == "event":
            self.type = value
        elif name == "id":
            self.id = value
            self.named = value != ""

    def dispatch(self, at: float) -> None:
        if self.data:
            if len(self.data) > 1:
                self.note("many data lines", f"{self.data[0][-_AROUND:]}\n{self.data[1][:_AROUND]}", at)
            self.events.append(Event("\n".join(self.data), self.type or "message", self.id, at))
        elif self.pending:
            self.note("no data", self.type or self.id or "", at)
        elif self.named:
            # The official Python SDK keeps an id for all later events, and makes an event of every empty line.
            self.note("no data", "an empty line after an id was set", at)
        self.clear()


def read(chunks: Iterable[tuple[float, bytes]]) -> Stream:
    """The events in chunks of (arrival in seconds, bytes). Lines end with LF, CR LF or CR; an event with an empty line.

    An event that the end of the body cuts off is not dispatched (WHATWG: "discard"), and noted as unfinished.
    """
    reader = _Reader()
    buffer = b""
    # Pieces of a line that no end was seen of: joined once, however many there are.
    waiting: list[bytes] = []
    last = 0.0
    begun = after_cr = False
    for at, data in chunks:
        if not data:
            continue
        last = at
        if begun and not after_cr and b"\n" not in data and b"\r" not in data:
            waiting.append(data)
            continue
        buffer += b"".join(waiting) + data
        waiting.clear()
        if not begun:
            if len(buffer) < len(_MARK) and _MARK.startswith(buffer):
                continue
            begun = True
            if buffer.startswith(_MARK):
                buffer = buffer[len(_MARK) :]
                reader.note("bom", "EF BB BF", at)
        # A CR ends its line at once; the LF of a CR LF that was cut in two belongs to it.
        if after_cr and buffer.startswith(b"\n"):
            buffer = buffer[1:]
        after_cr = buffer.endswith(b"\r")
        *lines, buffer = _split(buffer)
        for raw in lines:
            reader.line(raw, at)
    buffer += b"".join(waiting)
    if buffer or reader.pending:
        shown = buffer.decode("utf-8", "replace") or "\n".join(f"data: {line}" for line in reader.data)
        reader.note("unfinished", shown, last)
    return Stream(tuple(reader.events), tuple(reader.oddities), tuple(reader.comments))


def _split(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
