"""A request as a curl command that a POSIX shell sends again, byte for byte. No I/O; expects secrets to be hidden."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import shlex
from typing import Final
from urllib.parse import quote

from wirecheck.evidence.exchange import HIDDEN, Request

LONGEST: Final = 4000
"""A body of more bytes is not written out in the command."""
KEPT: Final = 64 * 1024
"""The longest request body in bytes that a report keeps whole."""

# A long body is mostly one thing again and again: packed (twice, if need be) it mostly fits into so many bytes.
_PACKED: Final = 9000
# Bodies above this are not even tried to be packed: it would take seconds.
_TRIED: Final = 64 * 2**20
_OWN_HEADERS: Final = frozenset({"content-length", "host", "connection"})
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})
_PLAIN: Final = re.compile(r"[\w :;,./=+@%-]*", re.ASCII)
# All that RFC 3986 lets stand in a URL, and the percent sign of what is encoded already.
_URL: Final = "%:/?#[]@!$&'()*+,;=-._~"


def command(request: Request, patience: int | None = None) -> str:
    """The command; its first line is a comment where the body is too long to stand in it.

    The key is `$WIRECHECK_API_KEY`, quoted so that the shell expands it. After `patience` seconds it waits no more.
    """
    wait = [] if patience is None else ["-m", str(patience)]
    line = " ".join(["curl", *wait, *_options(request), *_headers(request)])
    if not request.body:
        return f"{line} --data-binary ''" if request.method in _WITH_BODY else line
    if len(request.body) > LONGEST:
        return _long(line, request.body)
    text = request.body.decode("utf-8", "surrogateescape")
    if text.isprintable() and not text.startswith("@"):
        return f"{line} --data-binary {_quoted(text)}"
    return f"{_printf(request.body)} | {line} --data-binary @-"


def is_stream(request: Request) -> bool:
    """Whether the request asks for an answer in parts."""
    asked = isinstance(request.json, dict) and request.json.get("stream") is True
    return asked or any(name.lower() == "accept" and "ndjson" in value for name, value in request.headers)


def _options(request: Request) -> list[str]:
    url = quote(request.url, safe=_URL, errors="surrogateescape")
    options = ["-N"] if is_stream(request) else []
    if request.method == "HEAD":
        options.append("-I")
    else:
        options.append("-i")
        if request.method != ("POST" if request.body or request.method == "POST" else "GET"):
            options += ["-X", _quoted(request.method)]
    if set(url) & set("[]"):  # curl would take them for a range
        options.append("-g")
    return [*options, _quoted(url)]


def _headers(request: Request) -> list[str]:
    found: list[str] = []
    for name, value in request.headers:
        if name.lower() not in _OWN_HEADERS:
            found += ["-H", _quoted(f"{name}: {value}" if value else f"{name};")]
    named = {name.lower() for name, _ in request.headers}
    if (request.body or request.method in _WITH_BODY) and "content-type" not in named:
        found += ["-H", "'Content-Type:'"]  # curl would send that of a form
    if len(request.body) > LONGEST:
        found += ["-H", "'Expect:'"]  # curl would ask first whether it may send a long body
    return found


def _quoted(text: str) -> str:
    if not text.isprintable():
        return f'"$({_printf(text.encode("utf-8", "surrogateescape"))})"'
    if HIDDEN not in text:
        return shlex.quote(text)
    parts = text.split(HIDDEN)
    if all(_PLAIN.fullmatch(part) for part in parts):
        return f'"{text}"'
    return f'"{HIDDEN}"'.join(shlex.quote(part) if part else "" for part in parts)


def _printf(data: bytes) -> str:
    r"""A command that writes the bytes: printf knows `\ooo` in every POSIX shell, `$'...'` only some do."""
    text = data.decode("utf-8", "surrogateescape")
    escaped = "".join(_escaped(char) for char in text)
    if escaped.startswith("-"):
        escaped = "\\055" + escaped[1:]
    return f"printf '{escaped}'"


def _escaped(char: str) -> str:
    if char == "\n":
        return "\\n"
    if char == "%":
        return "%%"
    if char in "\\'" or not char.isprintable():
        return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
    return char


def _long(line: str, body: bytes) -> str:
    size = f"{len(body)} bytes"
    packed, times = body, 0
    while len(packed) > _PACKED and times < 2 and len(body) <= _TRIED:
        packed, times = gzip.compress(packed, mtime=0), times + 1
    if len(packed) <= _PACKED:
        echo = f"echo {base64.b64encode(packed).decode()} | base64 -d{' | gunzip' * times}"
        return f"# body: {size}, packed\n{echo} | {line} --data-binary @-"
    digest = hashlib.sha256(body).hexdigest()
    where = "decode body_base64 of this request in the JSON report into the file `body`"
    if len(body) > KEPT:
        where = "too long for a report; a run with the same seed sends the same bytes"
    return f"# body: {size}, SHA-256 {digest}: {where}\n{line} --data-binary @body"
