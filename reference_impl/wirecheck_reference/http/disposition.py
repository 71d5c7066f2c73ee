"""Content-Disposition (RFC 6266): that a content is to be saved, and under which name. Knows no file."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_FOLDERS: Final = re.compile(r"[/\\]")
_UNSAFE: Final = re.compile(r"[^ !#-$&-\[\]-~]")
# RFC 8187 section 3.2.1: what an extended value may hold beside letters and digits.
_ATTRIBUTE: Final = "!#$&+-.^_`|~"


def attachment(name: str) -> str:
    """The header's value, for any name: no folder of it, nothing that is not shown, and never an empty one."""
    shown = "".join(each if each.isprintable() else "_" for each in _FOLDERS.split(name)[-1]).strip()
    if shown.strip(".") == "":
        shown = "file"
    # What old clients read: a quoted text in ASCII, without what they take for an escape.
    plain = _UNSAFE.sub("_", shown)
    value = f'attachment; filename="{plain}"'
    return value if plain == shown else f"{value}; filename*=UTF-8''{quote(shown, safe=_ATTRIBUTE)}"
