"""Requests with an Idempotency-Key: sent again, at once, to two processes, with other bodies, by other callers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from sqlalchemy import update
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.idempotency_keys import IdempotencyKey

from tests.reference.child import CHAT, Child, child
from tests.reference.files.forms import FILES, LABEL, field, file, form

AT_ONCE = 20
KEY = "idempotency-key"
ASKED: dict[str, Any] = {"model": "echo", "messages": [{"role": "user", "content": "hello"}], "store": True}


def upload(server: Child, key: str, content: bytes = b"hello", boundary: str = "b", **headers: str) -> httpx2.Response:
    body = form(field("purpose", "user_data"), file(content)).replace(b"a-boundary", boundary.encode())
    label = LABEL["content-type"].replace("a-boundary", boundary)
    return server.client.post(FILES, content=body, headers={"content-type": label, KEY: key, **headers})


def chat(server: Child, key: str, **fields: Any) -> httpx2.Response:
    return server.client.post(CHAT, json={**ASKED, **fields}, headers={KEY: key})


def stored(server: Child, path: str) -> list[str]:
    """The ids of all that is kept there."""
    return [each["id"] for each in server.client.get(path, params={"limit": 100}).json()["data"]]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Child]:
    """A server that keeps nothing else."""
    with child(tmp_path) as server:
        yield server


def test_an_upload_that_is_sent_again_gets_its_answer_again(fresh: Child) -> None:
    first, again = upload(fresh, "k"), upload(fresh, "k", boundary="another")
    assert (again.status_code, again.content) == (200, first.content)
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (None, "true")
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert stored(fresh, FILES) == [first.json()["id"]]
    assert upload(fresh, "other").json()["id"] != first.json()["id"]


def test_a_chat_that_is_kept_and_sent_again_gets_its_answer_again(fresh: Child) -> None:
    first, again = chat(fresh, "k"), chat(fresh, "k")
    assert (again.status_code, again.content) == (200, first.content)
    assert stored(fresh, CHAT) == [first.json()["id"]]
    for fields in ({"store": False}, {"stream": True}):
        chats = [chat(fresh, "unkept", **fields) for _ in range(2)]
        assert [each.status_code for each in chats] == [200, 200]
        assert chats[0].content != chats[1].content


def test_a_key_with_another_body_is_refused(fresh: Child) -> None:
    first = upload(fresh, "k")
    for answer in (upload(fresh, "k", b"other"), chat(fresh, "k")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
        assert answer.json()["error"]["param"] == "Idempotency-Key"
    assert stored(fresh, FILES) == [first.json()["id"]]
    assert stored(fresh, CHAT) == []


def test_what_is_refused_leaves_its_key_free(fresh: Child) -> None:
    assert upload(fresh, "k", b"").status_code == 422
    assert upload(fresh, "k", b"hello").status_code == 200
    assert chat(fresh, "l", model="nobody").status_code == 404
    assert chat(fresh, "l").status_code == 200


@pytest.mark.parametrize("length", [0, 1, 255, 256, 3000])
def test_the_length_of_a_key(length: int, server: Child) -> None:
    answers = (upload(server, "k" * length), chat(server, "c" * length), chat(server, "c" * length, store=False))
    for answer in answers:
        assert answer.status_code == (200 if 1 <= length <= 255 else 400)
        assert answer.is_success or answer.json()["error"]["param"] == "Idempotency-Key"


def test_each_tenant_has_keys_of_its_own(guarded: Child) -> None:
    right, other = (upload(guarded, "shared", authorization=f"Bearer {key}") for key in ("right", "other"))
    assert right.json()["id"] != other.json()["id"]
    assert upload(guarded, "shared", authorization="Bearer right").content == right.content


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """What servers are told of where they keep things."""
    kept = ("--data", str(tmp_path / "kept"))
    return kept if request.param == "sqlite" else (*kept, "--database", request.getfixturevalue("database"))


@pytest.mark.parametrize("path", [FILES, CHAT])
def test_many_at_once_to_two_processes_make_one(path: str, where: tuple[str, ...], tmp_path: Path) -> None:
    async def all_at_once(urls: list[str]) -> list[httpx2.Response]:
        body = form(field("purpose", "user_data"), file(b"hello"))
        sent: dict[str, Any] = {"json": ASKED} if path == CHAT else {"content": body, "headers": LABEL}
        headers = {**sent.pop("headers", {}), KEY: "k"}
        async with httpx2.AsyncClient(timeout=20) as client:
            posts = [client.post(f"{urls[each % 2]}{path}", headers=headers, **sent) for each in range(AT_ONCE)]
            return await asyncio.gather(*posts)

    with ExitStack() as stack:
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        servers = [stack.enter_context(child(folder, *where)) for folder in folders]
        answers = asyncio.run(all_at_once([server.url for server in servers]))
        statuses = Counter(each.status_code for each in answers)
        assert set(statuses) <= {200, 409}
        assert statuses[200] >= 1
        made = {each.content for each in answers if each.status_code == 200}
        assert len(made) == 1
        refused = [each for each in answers if each.status_code == 409]
        assert all(each.json()["error"]["code"] == "idempotency_key_in_use" for each in refused)
        assert all(each.headers["retry-after"] == "1" for each in refused)
        for server in servers:
            assert len(stored(server, path)) == 1
            again = chat(server, "k") if path == CHAT else upload(server, "k")
            assert {again.content} == made


def test_keys_outlive_a_server_and_end_after_a_day(where: tuple[str, ...], tmp_path: Path) -> None:
    with child(tmp_path, *where) as server:
        first = upload(server, "k")
    with child(tmp_path, *where) as server:
        assert upload(server, "k").content == first.content
    url = where[-1] if "--database" in where else f"sqlite:///{tmp_path}/kept/wirecheck.db"

    async def age(seconds: int) -> None:
        database = Database(url)
        await database.start()
        async with database.write() as work:
            await work.execute(update(IdempotencyKey).values(expires_at=IdempotencyKey.expires_at - seconds))
        await database.stop()

    asyncio.run(age(24 * 3600 - 60))
    with child(tmp_path, *where) as server:
        assert upload(server, "k").content == first.content
        asyncio.run(age(61))
        assert upload(server, "k").json()["id"] != first.json()["id"]


def test_a_key_whose_server_ended_is_in_use_until_it_is_forgotten(tmp_path: Path) -> None:
    where = ("--data", str(tmp_path / "kept"))

    async def leave(expires_at: int) -> None:
        database = Database(f"sqlite:///{tmp_path}/kept/wirecheck.db")
        await database.start()
        async with database.write() as work:
            left: dict[str, Any] = {"fingerprint": None, "body": None, "expires_at": expires_at}
            await work.execute(update(IdempotencyKey).values(left))
        await database.stop()

    with child(tmp_path, *where) as server:
        upload(server, "k")
        asyncio.run(leave(2**40))
        assert [upload(server, "k").status_code for _ in range(2)] == [409, 409]
        asyncio.run(leave(1))
        assert upload(server, "k").status_code == 200


def test_the_python_sdk_sends_keys(fresh: Child) -> None:
    with openai.OpenAI(base_url=f"{fresh.url}/v1", api_key="any", max_retries=0) as sdk:
        headers = {"Idempotency-Key": "from-the-sdk"}
        files = [sdk.files.create(file=b"x", purpose="batch", extra_headers=headers) for _ in range(2)]
        assert files[0] == files[1]
        with pytest.raises(openai.UnprocessableEntityError) as raised:
            sdk.files.create(file=b"y", purpose="batch", extra_headers=headers)
        assert raised.value.code == "idempotency_key_reused"
        asked: dict[str, Any] = {"model": "echo", "messages": [{"role": "user", "content": "hi"}], "store": True}
        keyed = {"Idempotency-Key": "a-chat"}
        chats = [sdk.chat.completions.create(**asked, extra_headers=keyed) for _ in range(2)]
        assert chats[0].id == chats[1].id
