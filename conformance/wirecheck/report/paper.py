"""Lines on a console: styles where it has them, and never a character that it cannot take. Knows no report."""

from __future__ import annotations

import textwrap
from typing import Final

from rich.console import Console
from rich.text import Text

from wirecheck.report.excerpt import visible

_PLAIN: Final = str.maketrans({"✓": "+", "✗": "x", "•": "-", "…": "..."})
_WIDEST: Final = 100


class Paper:
    """Writes to a console. `markup` in a text means nothing; what does not print is shown as an escape."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._unicode = console.encoding.lower().startswith("utf")
        self.width = min(max(console.width, 60), _WIDEST) if console.is_terminal else _WIDEST

    def line(self, *parts: str | tuple[str, str], indent: int = 0) -> None:
        """One line of parts, each a text or (text, style). It is never wrapped, so that it can be copied."""
        text = Text(" " * indent)
        for part in parts:
            what, style = part if isinstance(part, tuple) else (part, "")
            text.append(self._fit(visible(what)), style or None)
        self._console.print(text, soft_wrap=True, highlight=False, markup=False, emoji=False)

    def block(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Prose, wrapped at the width of the paper."""
        for line in textwrap.wrap(visible(text), self.width - indent, break_long_words=False, break_on_hyphens=False):
            self.line((line, style), indent=indent)

    def item(self, sign: str, text: str, style: str = "", *, indent: int = 0) -> None:
        """Prose after a sign, wrapped; the sign stands alone in its column."""
        hanging = indent + len(sign) + 1
        wrapped = textwrap.wrap(visible(text), self.width - hanging, break_long_words=False, break_on_hyphens=False)
        for place, line in enumerate(wrapped or [""]):
            self.line((f"{sign} " if place == 0 else " " * (len(sign) + 1), style), line, indent=indent)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def title(self, text: str, style: str = "bold") -> None:
        """The head of a section."""
        self.gap()
        self.line((text, style))

    def _fit(self, text: str) -> str:
        if self._unicode:
            return text
        encoding = self._console.encoding
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
