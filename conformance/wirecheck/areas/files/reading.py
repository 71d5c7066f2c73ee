"""Content-Disposition as RFC 6266 has it. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  # no password
_QUOTED: Final = r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[^\x00-\x08\x0a-\x1f\x7f])*"'
_PARAMETER: Final = re.compile(rf"[ \t]*;[ \t]*({_TOKEN})[ \t]*=[ \t]*({_QUOTED}|{_TOKEN})")
_VALUE: Final = r"(?:%[0-9A-Fa-f]{2}|[!#$&+.^_`|~0-9A-Za-z-])*"
_EXTENDED: Final = re.compile(rf"(?:utf-8|iso-8859-1)'[A-Za-z0-9-]*'{_VALUE}", re.IGNORECASE)


def disposition(header: str) -> tuple[str, Mapping[str, str]] | None:
    """The type and the parameters of a Content-Disposition, both by names in lower case; None where it is none."""
    kind = re.match(rf"[ \t]*({_TOKEN})", header)
    if kind is None:
        return None
    found: dict[str, str] = {}
    place = kind.end()
    while match := _PARAMETER.match(header, place):
        name, value = match[1].lower(), match[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        if name in found or (name.endswith("*") and _EXTENDED.fullmatch(value) is None):
            return None
        found[name] = value
        place = match.end()
    return None if header[place:].strip(" \t;") else (kind[1].lower(), found)


def name_of(parameters: Mapping[str, str]) -> str | None:
    """The name under which a content is to be saved: the extended one, where there are two (RFC 6266 section 4.3)."""
    extended = parameters.get("filename*")
    if extended is not None:
        charset, _, rest = extended.partition("'")
        return unquote(rest.partition("'")[2], charset.lower(), "replace")
    return parameters.get("filename")
