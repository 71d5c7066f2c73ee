"""Parts of a multipart/form-data body (RFC 7578), as its bytes arrive. Knows no field and no connection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound

# No form of the contract has as many: each part costs memory whatever is in it.
_MOST_PARTS: Final = 32
_MOST_HEADERS: Final = 8
_LONGEST_HEADER: Final = 8 * 1024
_PARAMETER: Final = re.compile(rb"""; *([\w!#$%&'*+.^`|~-]+) *= *(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)) *""", re.DOTALL)
_ESCAPED: Final = re.compile(rb'\\([\\"])')
# What browsers and Node write for what a quoted name cannot hold (WHATWG HTML, multipart/form-data).
_PERCENT: Final = re.compile(rb"%(22|0D|0A)", re.IGNORECASE)
_PLAIN: Final = (b"", b"binary", b"8bit", b"7bit")


@dataclass(frozen=True, slots=True)
class Part:
    """A part begins: the name of its field, and of its file where it is one."""

    name: str
    filename: str | None


Piece: TypeAlias = Part | bytes | None
"""A part begins, bytes of it, or None: it ends."""


class Parts:
    """Takes the bytes of a body in pieces of any size, and tells what they say.

    Raises `ApiError` (400) for what is no such body, and for one with more parts or longer heads than any form needs.
    """

    def __init__(self, boundary: bytes) -> None:
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._name_header,
                "on_header_value": self._add_to_header,
                "on_header_end": self._end_header,
                "on_headers_finished": self._show,
                "on_part_data": self._add,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
            max_header_count=_MOST_HEADERS,
            max_header_size=_LONGEST_HEADER,
        )
        self._told: list[Piece] = []
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._count = 0
        self._whole = False

    def take(self, data: bytes) -> list[Piece]:
        """What the next bytes say. What follows the last boundary says nothing."""
        if not self._whole:
            try:
                self._parser.write(data)
            except FormParserError as error:
                raise malformed(f"the form cannot be read: {error}") from None
        told, self._told = self._told, []
        return told

    def end(self) -> None:
        """Nothing follows. Raises `ApiError` (400) where the last boundary is missing."""
        if not self._whole:
            raise malformed("the form ends before its last boundary")

    def _begin(self) -> None:
        self._count += 1
        if self._count > _MOST_PARTS:
            raise malformed(f"the form has more than {_MOST_PARTS} parts")
        self._headers = {}

    def _name_header(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _add_to_header(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._name.lower()] = self._value.strip()
        self._name = self._value = b""

    def _show(self) -> None:
        coding = self._headers.get(b"content-transfer-encoding", b"").lower()
        if coding not in _PLAIN:
            raise malformed("the parts of a form are sent as they are: Content-Transfer-Encoding is not for them")
        self._told.append(_part(self._headers.get(b"content-disposition", b"")))

    def _add(self, data: bytes, start: int, end: int) -> None:
        self._told.append(data[start:end])

    def _end_part(self) -> None:
        self._told.append(None)

    def _end(self) -> None:
        self._whole = True


def boundary_of(inbound: Inbound) -> bytes:
    """The boundary of a form. Raises `ApiError`: 415 for a body that is none, 400 for one without a boundary."""
    message = Message()
    message["content-type"] = inbound.header(b"content-type") or "none/none"
    if message.get_content_type() != "multipart/form-data":
        raise ApiError(415, "unsupported_media_type", "The body must be multipart/form-data.")
    boundary = message.get_param("boundary")
    # RFC 2046 section 5.1.1: 1 to 70 characters.
    if not isinstance(boundary, str) or not 1 <= len(boundary) <= 70 or not boundary.isascii():
        raise malformed("the Content-Type names no boundary")
    return boundary.encode()


def malformed(why: str) -> ApiError:
    """400: the body is no form."""
    return ApiError(400, "invalid_multipart", f"The body is not a valid form: {why}.")


def _part(disposition: bytes) -> Part:
    kind, semicolon, rest = disposition.partition(b";")
    found: dict[bytes, bytes] = {}
    place, text = 0, semicolon + rest
    while match := _PARAMETER.match(text, place):
        quoted, token = match[2], match[3]
        found[match[1].lower()] = token if quoted is None else _unquoted(quoted)
        place = match.end()
    if kind.strip().lower() != b"form-data" or b"name" not in found or text[place:].strip(b"; "):
        raise malformed("a part says by no Content-Disposition which field it is")
    filename = _extended(found.get(b"filename*", b"")) or found.get(b"filename")
    return Part(_decoded(found[b"name"]), None if filename is None else _decoded(filename))


def _unquoted(quoted: bytes) -> bytes:
    return _PERCENT.sub(lambda match: bytes.fromhex(match[1].decode()), _ESCAPED.sub(rb"\1", quoted))


def _extended(value: bytes) -> bytes | None:
    """The text of an extended value (RFC 8187) in UTF-8, None where it is none."""
    charset, _, rest = value.partition(b"'")
    if charset.lower() != b"utf-8" or b"'" not in rest:
        return None
    return unquote_to_bytes(rest.partition(b"'")[2])


def _decoded(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("latin-1")
