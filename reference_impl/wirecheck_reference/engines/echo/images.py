"""What the echo sees in an image: its type and its size. Opens no connection."""

from __future__ import annotations

import base64
import binascii
import re
from io import BytesIO
from typing import Final
from urllib.parse import unquote_to_bytes

import imagesize  # type: ignore[import-untyped]  # it brings no types

# How the formats that are read begin (OpenAI guide, Images and vision: PNG, JPEG, WebP, GIF).
_BEGINNINGS: Final = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "WebP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "GIF": re.compile(rb"GIF8[79]a"),
}
_DATA: Final = re.compile(r"data:[^,;]*(?:;[^,;=]+=[^,;]*)*(?P<coded>;base64)?,", re.IGNORECASE)


def described(url: str) -> str:
    """The image of a `data:` URL (RFC 2397) in words: `PNG image of 64 x 64 pixels`.

    Raises `ValueError` with what is wrong where it is no such URL, or holds no image.
    """
    head = _DATA.match(url)
    if head is None:
        raise ValueError("Images are read from data: URLs only.")
    rest = url[head.end() :]
    if head["coded"]:
        try:
            data = base64.b64decode(rest, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("The data: URL is not valid base64.") from None
    else:
        data = unquote_to_bytes(rest)
    form = next((name for name, beginning in _BEGINNINGS.items() if beginning.match(data)), None)
    size: tuple[int, int] = imagesize.get(BytesIO(data)) if form else (-1, -1)
    if min(size) < 1:
        raise ValueError("The data: URL holds no PNG, JPEG, WebP or GIF.")
    return f"{form} image of {size[0]} x {size[1]} pixels"
