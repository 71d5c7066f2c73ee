"""Takes secrets out of text, also where they stand in another spelling. Knows no report."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.entities import codepoint2name
from typing import Final

from wirecheck.evidence.exchange import HIDDEN, Request
from wirecheck.report.excerpt import cut, visible

# Keys shorter than this, or words that are hardly longer (`x`, `EMPTY`, `secret`), are no secrets, and parts of other
# text: they are taken out behind the word that says that a key follows, and nowhere else.
_SHORT: Final = 6
_WORD: Final = 8
_BEFORE: Final = r"(?<=bearer )|(?<=basic )|(?<=api key: )|(?<=api_key: )"
# Of a longer key this much is a leak too: a message may quote the first part of it.
_HEAD: Final = 12
# The longest spelling of one character: `\\\\u0022`, `%252522`, `&quot;`.
_SPELLED: Final = 8
# A secret is looked for so many times its length around a part of it that no escaping changes.
_NEAR: Final = 8 * _SPELLED

_UNCHANGED: Final = re.compile(r"[a-z0-9]+", re.ASCII | re.IGNORECASE)


class Scrubber:
    """Replaces secrets by `HIDDEN`: as they are, escaped (JSON, Python, URL, HTML), in base64 and hex, cut off."""

    def __init__(self, secrets: Iterable[str]) -> None:
        keys = sorted({each for each in secrets if each}, key=len, reverse=True)
        long = [each for each in keys if not _is_word(each)]
        heads = [key[: max(_HEAD, len(key) // 2)] for key in long if len(key) > _HEAD]
        encoded = [form for key in long for form in _encoded(key.encode("utf-8", "surrogateescape"))]
        parts = [*map(_spelled, long), *map(re.escape, encoded)]
        parts += [_spelled(head) + r"[\w.~+/=-]*" for head in heads]
        parts += [rf"(?:{_BEFORE}){re.escape(key)}(?![\w-])" for key in keys if _is_word(key)]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None
        # Every secret holds one of these, and they are found a hundred times faster than by the pattern.
        self._needles = sorted({each.lower() for each in (*encoded, *map(_run, (*keys, *heads)))})
        self._near = _NEAR * max(map(len, (*keys, *encoded)), default=0)
        self._longest = _SPELLED * max((len(key) for key in long), default=0)

    def text(self, text: str) -> str:
        """The text without secrets."""
        if self._pattern is None:
            return text
        parts, done = [], 0
        for begin, end in self._windows(text):
            parts += [text[done:begin], self._pattern.sub(lambda _: HIDDEN, text[begin:end])]
            done = end
        return "".join([*parts, text[done:]])

    def data(self, data: bytes) -> bytes:
        """The bytes without secrets, otherwise as they were."""
        return self.text(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def request(self, request: Request) -> Request:
        """The request without secrets."""
        headers = tuple((self.text(name), self.text(value)) for name, value in request.headers)
        return replace(request, url=self.text(request.url), headers=headers, body=self.data(request.body))

    def excerpt(self, text: str, most: int, *, lines: bool = False) -> str:
        """At most `most` characters of foreign text, visible and without secrets."""
        window = most + 4 * self._longest
        if len(text) > window:
            # The window may end within a secret: what could be its first part is left out again.
            seen = self.text(text[:window])
            text = seen[: max(len(seen) - self._longest, 1)] + " " * most
        else:
            text = self.text(text)
        return cut(visible(text, lines=lines), most)

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Where secrets can be, in order, apart from each other."""
        lower = text.lower()
        if len(lower) != len(text) or "" in self._needles:
            yield 0, len(text)
            return
        begin = end = 0
        for at in sorted(at for needle in self._needles for at in _places(needle, lower)):
            if at - self._near > end:
                if end:
                    yield begin, end
                begin = at - self._near
            end = min(at + self._near, len(text))
        if end:
            yield begin, end


def _is_word(key: str) -> bool:
    """Whether a key is put where a client wants any: of a few letters, or a word of no more than some."""
    return len(key) < _SHORT or (len(key) < _WORD and key.isalpha())


def _places(needle: str, text: str) -> Iterator[int]:
    """Where a needle begins in a text."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _run(text: str) -> str:
    """The longest part of a text that no escaping changes."""
    return max(_UNCHANGED.findall(text), key=len, default="")


def _spelled(text: str) -> str:
    """A pattern for the text, each of its characters as it is or escaped, once or several times over."""
    return "".join(_character(char) for char in text)


def _character(char: str) -> str:
    if char.isascii() and char.isalnum():
        return char
    code = ord(char)
    encoded = "".join(f"%(?:25)*{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))
    ways = [rf"\\*{re.escape(char)}", rf"\\+u{code:04x}", rf"\\+x{code:02x}", encoded, f"&#(?:{code}|x{code:x});"]
    if code in codepoint2name:
        ways.append(f"&{codepoint2name[code]};")
    return f"(?:{'|'.join(ways)})"


def _encoded(raw: bytes) -> Iterator[str]:
    """The bytes in hex, and what is the same in every base64 text that holds them, wherever in it they begin.

    A character of base64 holds six bits: those that hold bits of a neighbour too are not the key's own.
    """
    yield raw.hex()
    for offset in range(3):
        first = -(-offset * 8 // 6)
        last = (offset + len(raw)) * 8 // 6
        padded = b"\0" * offset + raw
        yield base64.b64encode(padded).decode()[first:last]
        yield base64.urlsafe_b64encode(padded).decode()[first:last]
