"""Uploads: what is taken and how it is kept, what is refused and by which name."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from wirecheck_contract.models import File

from tests.reference.child import Child, child, until
from tests.reference.files.forms import BOUNDARY, FILES, LABEL, field, file, form, part, post, uploaded

LIMIT = 3 * 2**20
DAY = 86_400


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Child, Path]]:
    """A server that keeps files, and the folder of their contents."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIRECHECK_MAX_FILE_BYTES", str(LIMIT))
        with child(folder, "--data", str(folder / "data")) as server:
            yield server, folder / "data" / "files"


def contents(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.mark.parametrize("first", [True, False])
def test_a_file_is_taken_with_its_fields_in_any_order(kept: tuple[Child, Path], first: bool) -> None:
    server, folder = kept
    fields = [
        field("purpose", "vision"),
        field("expires_after[anchor]", "created_at"),
        field("expires_after[seconds]", str(DAY)),
    ]
    parts = [*fields, file(b"hello", "é.bin")] if first else [file(b"hello", "é.bin"), *fields]
    answer = post(server, *parts)
    made = File.model_validate_json(answer.content)
    assert (made.bytes, made.filename, made.purpose, made.status) == (5, "é.bin", "vision", "processed")
    assert made.expires_at == made.created_at + DAY
    assert server.client.get(f"{FILES}/{made.id}").json() == answer.json()
    assert not any(name.endswith(".part") or "é" in name for name in contents(folder))


def test_files_for_batches_are_over_after_thirty_days_and_others_stay(server: Child) -> None:
    batch = server.client.get(f"{FILES}/{uploaded(server, purpose='batch')}").json()
    assert batch["expires_at"] == batch["created_at"] + 30 * DAY
    assert server.client.get(f"{FILES}/{uploaded(server)}").json()["expires_at"] is None


PURPOSE = field("purpose", "batch")
ANCHOR = field("expires_after[anchor]", "created_at")
WRONG = {
    "no purpose": ("purpose", [file()]),
    "another purpose": ("purpose", [file(), field("purpose", "homework")]),
    "an empty purpose": ("purpose", [file(), field("purpose", "")]),
    "two purposes": ("purpose", [PURPOSE, file(), PURPOSE]),
    "a purpose as a file": ("purpose", [file(), part('form-data; name="purpose"; filename="p"', b"batch")]),
    "a long purpose": ("purpose", [file(), field("purpose", "b" * 5000)]),
    "a purpose that is no text": ("purpose", [file(), part('form-data; name="purpose"', b"\xff")]),
    "no file": ("file", [PURPOSE]),
    "an empty file": ("file", [PURPOSE, file(b"")]),
    "two files": ("file", [PURPOSE, file(), file()]),
    "a file without a name": ("file", [PURPOSE, part('form-data; name="file"', b"hello")]),
    "a file with an empty name": ("file", [PURPOSE, file(name="")]),
    "a file with a name of a kilobyte and more": ("file", [PURPOSE, file(name="x" * 1025)]),
    "an unknown field": ("pourpose", [PURPOSE, file(), field("pourpose", "batch")]),
    "expiry with a dot": ("expires_after.seconds", [PURPOSE, file(), field("expires_after.seconds", "3600")]),
    "expiry as JSON": ("expires_after", [PURPOSE, file(), field("expires_after", '{"seconds": 3600}')]),
    "seconds alone": ("expires_after[seconds]", [PURPOSE, file(), field("expires_after[seconds]", "3600")]),
    "an anchor alone": ("expires_after[anchor]", [PURPOSE, file(), ANCHOR]),
    "another anchor": (
        "expires_after[anchor]",
        [PURPOSE, file(), field("expires_after[anchor]", "now"), field("expires_after[seconds]", "3600")],
    ),
    **{
        f"{seconds!r} seconds": (
            "expires_after[seconds]",
            [PURPOSE, file(), ANCHOR, field("expires_after[seconds]", seconds)],
        )
        for seconds in ("3599", "2592001", "-3600", "3600.5", "1e4", "", "soon", "+3600", "9" * 400)
    },
}


@pytest.mark.parametrize("case", WRONG)
def test_what_breaks_the_contract_is_refused_by_name_and_leaves_nothing(kept: tuple[Child, Path], case: str) -> None:
    server, folder = kept
    before = contents(folder)
    param, parts = WRONG[case]
    answer = post(server, *parts)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param), answer.text
    assert contents(folder) == before


@pytest.mark.parametrize("seconds", [3600, 2_592_000])
def test_the_edges_of_expiry(server: Child, seconds: int) -> None:
    made = post(server, PURPOSE, ANCHOR, field("expires_after[seconds]", str(seconds)), file()).json()
    assert made["expires_at"] - made["created_at"] == seconds


def test_a_purpose_in_the_query_is_no_field(server: Child) -> None:
    answer = server.client.post(f"{FILES}?purpose=batch", content=form(file()), headers=LABEL)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "purpose")


def test_a_file_of_the_limit_is_taken_and_a_larger_one_is_not(kept: tuple[Child, Path]) -> None:
    server, folder = kept
    assert uploaded(server, b"x" * LIMIT)
    before = contents(folder)
    answer = post(server, PURPOSE, file(b"x" * (LIMIT + 1)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")
    # Behind the refusal the server serves as before.
    assert post(server, PURPOSE, file(b"x" * 3 * LIMIT)).status_code == 413
    assert contents(folder) == before
    assert uploaded(server)


def test_much_around_a_file_is_refused(kept: tuple[Child, Path]) -> None:
    server, _ = kept
    body = form(PURPOSE, file()) + b"x" * 300_000
    assert server.client.post(FILES, content=body, headers=LABEL).status_code == 413


@pytest.mark.parametrize(
    ("label", "status"),
    [
        (None, 415),
        ("application/json", 415),
        ("multipart/mixed; boundary=a-boundary", 415),
        ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400),
        (f"multipart/form-data; boundary={'x' * 71}", 400),
        ('multipart/form-data; charset=utf-8; boundary="a-boundary"', 200),
        ("Multipart/Form-Data; BOUNDARY=a-boundary", 200),
    ],
)
def test_labels(server: Child, label: str | None, status: int) -> None:
    headers = {} if label is None else {"content-type": label}
    assert server.client.post(FILES, content=form(PURPOSE, file()), headers=headers).status_code == status


def test_an_upload_that_breaks_off_leaves_nothing(kept: tuple[Child, Path]) -> None:
    server, folder = kept
    before = contents(folder)
    listed = server.client.get(FILES).json()
    url = urlsplit(server.url)
    whole = form(PURPOSE, file(b"x" * 2 * 2**20))
    head = f"POST {FILES} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\n"
    with socket.create_connection((url.hostname, url.port)) as connection:
        connection.sendall(f"{head}content-length: {len(whole)}\r\n\r\n".encode() + whole[: 3 * 2**19])
        until(lambda: any(name.endswith(".part") for name in contents(folder)))
    until(lambda: contents(folder) == before)
    assert server.client.get(FILES).json() == listed


def test_a_form_in_chunks_is_taken(server: Child) -> None:
    body = form(PURPOSE, file(b"abc"))
    answer = server.client.post(FILES, content=iter([body[:30], body[30:]]), headers=LABEL)
    assert answer.json()["bytes"] == 3


def test_who_waits_for_leave_to_send_too_much_gets_none(kept: tuple[Child, Path]) -> None:
    server, _ = kept
    url = urlsplit(server.url)
    head = f"POST {FILES} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\n"
    with socket.create_connection((url.hostname, url.port)) as connection:
        connection.sendall(f"{head}content-length: {2 * LIMIT}\r\nexpect: 100-continue\r\n\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")
