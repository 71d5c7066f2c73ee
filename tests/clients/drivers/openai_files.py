"""Files by the official SDK for Python: uploaded, read, listed by their purpose, deleted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from uuid import uuid4

from openai import ConflictError

from tests.clients.drivers.lines import ASKED, Call
from tests.clients.drivers.openai_kept import common, own
from tests.clients.drivers.openai_reading import client

TEXT: Final = ASKED["content"].encode()
BYTES: Final = bytes(range(256)) + b"\r\n--boundary\r\n\xff\xfe\0" + TEXT


def upload(sdk: Any, content: bytes = TEXT, name: str = ASKED["filename"], **fields: Any) -> Any:
    """A file."""
    return sdk.files.create(file=(name, content), **{"purpose": ASKED["purpose"], **fields})


def file(content: bytes = TEXT, name: str = ASKED["filename"], **fields: Any) -> Call:
    """A file from upload to deletion."""

    def told(found: Any) -> Any:
        return [found.filename, found.bytes, found.purpose, found.status]

    def made(url: str) -> Any:
        sdk = client(url)
        new = upload(sdk, content, name, **fields)
        found, read = sdk.files.retrieve(new.id), sdk.files.content(new.id)
        gone = sdk.files.delete(new.id)
        lasts = None if new.expires_at is None else new.expires_at - new.created_at
        return {
            "new": told(new),
            "found": told(found),
            "same": [found.id == new.id, found.created_at == new.created_at],
            "content": read.content.hex(),
            "text": read.text,
            "lasts": lasts,
            "deleted": [gone.deleted, gone.id == new.id],
        }

    return made


def filtered(url: str) -> Any:
    """The files of a purpose, and those of another."""
    sdk = client(url)
    things = [upload(sdk), upload(sdk, purpose=ASKED["other_purpose"])]
    found = [own(sdk.files.list(purpose=ASKED[name]), things) for name in ("purpose", "other_purpose")]
    for each in things:
        sdk.files.delete(each.id)
    return found


def once_otherwise(url: str) -> Any:
    """Another request with a key of idempotency that was used."""
    sdk = client(url)
    named: Any = {"extra_headers": {"Idempotency-Key": str(uuid4())}}
    first = upload(sdk, **named)
    try:
        return upload(sdk, b"another content", **named).id == first.id
    finally:
        sdk.files.delete(first.id)


def once_at_once(url: str) -> Any:
    """The same upload four times at the same time, each told of what became of it: how many were made."""
    sdk = client(url)
    named: Any = {"extra_headers": {"Idempotency-Key": str(uuid4())}}

    def sent(_: int) -> str | None:
        try:
            return str(upload(sdk, **named).id)
        except ConflictError:  # one that is under way
            return None

    with ThreadPoolExecutor(4) as pool:
        found = {each for each in pool.map(sent, range(4)) if each}
    for each in found:
        sdk.files.delete(each)
    return len(found)


def of_another(key: str, read: Callable[[Any, str], Any]) -> Call:
    """A file is asked for with another key."""

    def made(url: str) -> Any:
        sdk = client(url)
        thing = upload(sdk)
        try:
            return read(client(url, key), thing.id)
        finally:
            sdk.files.delete(thing.id)

    return made


def calls() -> dict[str, Call]:
    """All calls on files, by name."""
    return {
        "file": file(),
        "file-bytes": file(BYTES, ASKED["foreign_filename"]),
        "file-expiring": file(expires_after=ASKED["expires"]),
        "file-purposes": filtered,
        "file-unknown": lambda url: client(url).files.retrieve("file-nobody").filename,
        "file-unknown-content": lambda url: client(url).files.content("file-nobody").text,
        "file-unknown-purpose": lambda url: upload(client(url), purpose="nothing").purpose,
        "file-wrong-expiry": lambda url: upload(client(url), expires_after={**ASKED["expires"], "seconds": 1}).purpose,
        "file-narrow-key": lambda url: len(client(url, ASKED["narrow_key"]).files.list().data),
        "file-narrow-key-one": of_another(ASKED["narrow_key"], lambda sdk, id_: sdk.files.retrieve(id_).filename),
        "file-others-content": of_another(ASKED["other_key"], lambda sdk, id_: sdk.files.content(id_).text),
        "file-idempotent-long": lambda url: upload(client(url), extra_headers={"Idempotency-Key": "k" * 300}).purpose,
        "file-idempotent-otherwise": once_otherwise,
        "file-idempotent-at-once": once_at_once,
        **common("file", lambda sdk: sdk.files, upload, "file-nobody", listed=True),
    }
