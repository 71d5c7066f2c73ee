"""Bodies that stop arriving: refused after a while, and nothing of them is kept."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.reference.child import CHAT, PATIENCE, Child, child
from tests.reference.files.forms import BOUNDARY, FILES, field, file, form

PAUSE = 0.2
JSON = "application/json"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Child, Path]]:
    """A server that waits for no body, and the folder of what it keeps of files."""
    folder = tmp_path_factory.mktemp("hasty")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIRECHECK_MAX_BODY_PAUSE", str(PAUSE))
        with child(folder, "--data", str(folder / "data")) as server:
            yield server, folder / "data" / "files"


def begun(server: Child, path: str, label: str, sent: bytes, length: int | None = None) -> tuple[int, str, bytes]:
    """The status, head and body of the answer to a body of which no more is sent, once the server has hung up."""
    said = f"content-length: {length}\r\n\r\n" if length else "transfer-encoding: chunked\r\n\r\n"
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {label}\r\n{said}"
    piece = sent if length or not sent else b"%x\r\n%s\r\n" % (len(sent), sent)
    url = urlsplit(server.url)
    with socket.create_connection((url.hostname, url.port), timeout=PATIENCE) as raw:
        raw.sendall(head.encode() + piece)
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    top, _, body = answer.partition(b"\r\n\r\n")
    return int(top.split()[1]), top.decode().lower(), body


@pytest.mark.parametrize(
    ("path", "label", "sent"),
    [
        (CHAT, JSON, b""),
        (CHAT, JSON, b'{"model": "echo", '),
        (FILES, FORM, b""),
        (FILES, FORM, form(field("purpose", "batch"), file(b"x" * 100_000))[:90_000]),
    ],
)
@pytest.mark.parametrize("length", [200_000, None])
def test_a_body_that_stops_is_refused(
    hasty: tuple[Child, Path], path: str, label: str, sent: bytes, length: int | None
) -> None:
    server, folder = hasty
    status, head, body = begun(server, path, label, sent, length)
    error = json.loads(body)["error"]
    assert (status, error["code"], error["type"]) == (408, "request_timeout", "invalid_request_error")
    assert "connection: close" in head
    assert "x-request-id: " in head
    assert not folder.exists() or list(folder.iterdir()) == []


def test_what_is_wrong_already_is_refused_for_that(hasty: tuple[Child, Path]) -> None:
    sent = form(field("purpose", "homework"), field("purpose", "batch"), file(b"x" * 10_000))[:5_000]
    status, head, body = begun(hasty[0], FILES, FORM, sent, 200_000)
    assert (status, json.loads(body)["error"]["param"]) == (422, "purpose")
    assert "connection: close" in head


def test_a_body_that_goes_on_is_read(hasty: tuple[Child, Path]) -> None:
    assert hasty[0].said("hello")["message"]["content"]
