"""Foreign text made fit to be shown: nothing in it acts on a terminal, a parser or a reader's eye. No I/O."""

from __future__ import annotations

import math
from typing import Final

CUT: Final = "…"
_NAMED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with every character that does not print written as an escape such as `\x1b` or `\u202e`.

    What does not print: controls, ANSI's among them, marks that reorder text, lone surrogates, unassigned code points.
    A byte that was no UTF-8 (decoded with `surrogateescape`) shows as `\x..`. `lines` keeps line ends and tabs.
    """
    if text.isprintable():
        return text
    kept = "\n\t" if lines else ""
    return "".join(char if char.isprintable() or char in kept else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cut(text: str, most: int) -> str:
    """At most so many characters, the last of them an ellipsis where something was left out."""
    return text if len(text) <= most else text[: most - 1] + CUT


def number(value: float) -> float | None:
    """A finite number with microseconds enough, None for what JSON cannot write (NaN, infinity)."""
    return round(value, 6) if math.isfinite(value) else None
