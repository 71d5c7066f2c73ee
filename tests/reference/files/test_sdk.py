"""The official Python SDK keeps files unchanged."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.reference.child import Child, child

EVERY_BYTE = bytes(range(256))


@pytest.fixture
def sdk(tmp_path: Path) -> Iterator[openai.OpenAI]:
    """A client of a server that keeps nothing else."""
    with child(tmp_path) as server, openai.OpenAI(base_url=f"{server.url}/v1", api_key="any", max_retries=0) as client:
        yield client


def test_every_way_to_send_a_file(sdk: openai.OpenAI, tmp_path: Path) -> None:
    path = tmp_path / "naïve 日本.bin"
    path.write_bytes(EVERY_BYTE)
    ways: list[tuple[Any, str | None]] = [
        (EVERY_BYTE, None),
        (path, path.name),
        (io.BytesIO(EVERY_BYTE), None),
        (("a.jsonl", EVERY_BYTE), "a.jsonl"),
        (('q"u\\o.txt', EVERY_BYTE, "text/plain"), 'q"u\\o.txt'),
        (("x" * 255, EVERY_BYTE), "x" * 255),
        (("a\r\nb", EVERY_BYTE), "a\r\nb"),
    ]
    with path.open("rb") as opened:
        made = sdk.files.create(file=opened, purpose="user_data")
        assert (made.bytes, made.filename) == (256, path.name)
    for given, name in ways:
        made = sdk.files.create(file=given, purpose="user_data")
        assert made.bytes == 256
        assert name is None or made.filename == name
        assert sdk.files.content(made.id).read() == EVERY_BYTE
        assert sdk.files.retrieve(made.id) == made


def test_expiry_and_waiting(sdk: openai.OpenAI) -> None:
    made = sdk.files.create(file=b"x", purpose="vision", expires_after={"anchor": "created_at", "seconds": 3600})
    assert made.expires_at == made.created_at + 3600
    assert sdk.files.wait_for_processing(made.id).status == "processed"


def test_pages_are_walked(sdk: openai.OpenAI) -> None:
    made = [sdk.files.create(file=b"x", purpose="batch").id for _ in range(5)]
    assert [each.id for each in sdk.files.list(limit=2)] == made[::-1]
    assert [each.id for each in sdk.files.list(limit=2, order="asc", purpose="batch")] == made
    assert [each.id for each in sdk.files.list(after=made[1], order="asc")] == made[2:]


def test_deletion(sdk: openai.OpenAI) -> None:
    id_ = sdk.files.create(file=b"x", purpose="batch").id
    gone = sdk.files.delete(id_)
    assert (gone.id, gone.deleted, gone.object) == (id_, True, "file")
    for ask in (sdk.files.retrieve, sdk.files.content, sdk.files.delete):
        with pytest.raises(openai.NotFoundError):
            ask(id_)


def test_refusals(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        sdk.files.create(file=b"x", purpose="homework")  # type: ignore[arg-type]  # that is the point
    assert refused.value.param == "purpose"
    with pytest.raises(openai.UnprocessableEntityError) as empty:
        sdk.files.create(file=b"", purpose="batch")
    assert empty.value.param == "file"


def test_many_at_once(guarded: Child) -> None:
    async def keep(client: openai.AsyncOpenAI, number: int) -> bytes:
        sent = b"%d" % number * 100_000
        made = await client.files.create(file=(f"{number}.txt", sent), purpose="user_data")
        read = await client.files.content(made.id)
        await client.files.delete(made.id)
        return read.content

    async def all_of_them() -> list[bytes]:
        async with openai.AsyncOpenAI(base_url=f"{guarded.url}/v1", api_key="other") as client:
            return await asyncio.gather(*(keep(client, number) for number in range(16)))

    assert asyncio.run(all_of_them()) == [b"%d" % number * 100_000 for number in range(16)]
