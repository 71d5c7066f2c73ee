"""Content codings (RFC 9110 section 8.4.1): what a body says once the coding that its label names is undone. No I/O."""

from __future__ import annotations

import zlib
from typing import Final

CODINGS: Final = ("gzip", "deflate")
"""What can be undone here, and what HTTP clients offer that come with no other library."""

_GZIP: Final = ("gzip", "x-gzip")
# The window and format that zlib is asked for: gzip's own, zlib's own, none.
_WINDOWS: Final = {"gzip": (31,), "deflate": (15, -15)}


class NotCoded(Exception):
    """A body is not coded as its label says; the message says how it is not."""


class Decoder:
    """Undoes one coding, piece by piece. `most` bounds what one piece may become.

    Deflate is zlib's format (RFC 1950); what is sent without its head is read too, as clients do.
    """

    def __init__(self, coding: str, most: int) -> None:
        self._most = most
        self._windows = list(_WINDOWS[coding])
        self._coding = coding
        self._zlib = zlib.decompressobj(self._windows.pop(0))
        self._head = b""
        self._said = False

    def take(self, data: bytes) -> bytes:
        """What the next piece says. Raises `NotCoded`."""
        self._head += b"" if self._said else data
        try:
            text = self._zlib.decompress(data, self._most)
            while self._zlib.eof and self._zlib.unused_data and self._coding == "gzip":
                rest = self._zlib.unused_data  # Members follow one another (RFC 1952 section 2.2).
                self._zlib = zlib.decompressobj(_WINDOWS["gzip"][0])
                text += self._zlib.decompress(rest, self._most)
        except zlib.error as error:
            if self._windows and not self._said:
                self._zlib, again, self._head = zlib.decompressobj(self._windows.pop(0)), self._head, b""
                return self.take(again)
            raise NotCoded(f"labelled {self._coding}, and is none: {error}") from None
        self._said = self._said or bool(text)
        return text

    def end(self) -> None:
        """Nothing follows. Raises `NotCoded` where something is missing."""
        if not self._zlib.eof and self._head:
            raise NotCoded(f"labelled {self._coding}, and ends before its end")


def decoder(label: str | None, most: int) -> Decoder | None:
    """What undoes the coding that a Content-Encoding names; None for none. Raises `NotCoded` for an unknown one."""
    name = (label or "identity").strip().lower()
    if name in ("identity", ""):
        return None
    name = "gzip" if name in _GZIP else name
    if name not in CODINGS:
        raise NotCoded(f"labelled {label}, which the request does not offer")
    return Decoder(name, most)
