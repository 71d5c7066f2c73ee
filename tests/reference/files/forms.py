"""Forms as clients write them, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import httpx2

from tests.reference.child import Child

BOUNDARY: Final = "a-boundary"
FILES: Final = "/v1/files"
LABEL: Final = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def field(name: str, value: str) -> bytes:
    """A part that is no file."""
    return part(f'form-data; name="{name}"', value.encode())


def file(content: bytes = b"hello", name: str = "a.txt") -> bytes:
    """The part with the file."""
    return part(f'form-data; name="file"; filename="{name}"', content)


def part(disposition: str, content: bytes, *headers: str) -> bytes:
    """A part, by its Content-Disposition."""
    lines = [f"--{BOUNDARY}", f"Content-Disposition: {disposition}", *headers, "", ""]
    return "\r\n".join(lines).encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    """The whole form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def post(server: Child, *parts: bytes, headers: dict[str, str] | None = None) -> httpx2.Response:
    """A form that is sent."""
    return server.client.post(FILES, content=form(*parts), headers={**LABEL, **(headers or {})})


def uploaded(
    server: Child, content: bytes = b"hello", name: str = "a.txt", purpose: str = "user_data", key: str | None = None
) -> str:
    """The id of a file that was taken."""
    headers = {} if key is None else {"authorization": f"Bearer {key}"}
    answer = post(server, field("purpose", purpose), file(content, name), headers=headers)
    assert answer.status_code == 200, answer.text
    id_: str = answer.json()["id"]
    return id_


def cut(body: bytes, size: int) -> Iterator[bytes]:
    """The bytes in pieces of a size."""
    yield from (body[start : start + size] for start in range(0, len(body), size))


def joined(pieces: Iterable[object]) -> bytes:
    """The bytes among what the parts of a form say."""
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))
