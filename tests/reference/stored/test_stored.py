"""Stored chat completions, on every database, as the official SDK asks for them and as nobody else's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from openai import OpenAI

from tests.reference.child import CHAT, Child, child

KEYS = ("--api-key", "sk-one", "--api-key", "sk-two")


@pytest.fixture
def server(anywhere: tuple[str, ...], tmp_path: Path) -> Iterator[Child]:
    """A server that keeps things."""
    with child(tmp_path, *KEYS, *anywhere) as found:
        yield found


def client(server: Child, key: str = "sk-one") -> OpenAI:
    return OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


def stored(sdk: OpenAI, text: str, **metadata: str) -> str:
    asked: Any = [{"role": "user", "content": f"Repeat exactly: {text}"}]
    return sdk.chat.completions.create(model="echo", messages=asked, store=True, metadata=metadata).id


def test_the_sdk_finds_what_it_stored(server: Child) -> None:
    sdk = client(server)
    ids = [stored(sdk, str(number), part=str(number % 2)) for number in range(5)]
    listed = sdk.chat.completions.list
    assert [each.id for each in listed(limit=2)] == ids
    assert [each.id for each in listed(limit=2, order="desc")] == ids[::-1]
    assert [each.id for each in listed(limit=1, metadata={"part": "1"})] == [ids[1], ids[3]]
    assert list(listed(model="wirecheck/echo")) == []
    one = sdk.chat.completions.retrieve(ids[2])
    assert (one.choices[0].message.content, one.metadata) == ("2", {"part": "0"})
    assert [each.content for each in sdk.chat.completions.messages.list(ids[2])] == ["Repeat exactly: 2"]
    assert sdk.chat.completions.update(ids[2], metadata={"new": "label"}).metadata == {"new": "label"}
    assert sdk.chat.completions.delete(ids[2]).deleted
    with pytest.raises(openai.NotFoundError):
        sdk.chat.completions.retrieve(ids[2])
    assert [each.id for each in listed()] == [*ids[:2], *ids[3:]]


def test_a_stream_is_stored_whole(server: Child) -> None:
    sdk = client(server)
    chunks = list(
        sdk.chat.completions.create(
            model="echo", messages=[{"role": "user", "content": "Repeat exactly: a b c"}], stream=True, store=True
        )
    )
    kept = sdk.chat.completions.retrieve(chunks[0].id)
    assert (kept.choices[0].message.content, kept.choices[0].finish_reason) == ("a b c", "stop")


def test_nothing_of_one_caller_is_anothers(server: Child) -> None:
    mine, other = client(server), client(server, "sk-two")
    id_ = stored(mine, "mine")
    assert list(other.chat.completions.list()) == []
    asks: tuple[Callable[[], object], ...] = (
        lambda: other.chat.completions.retrieve(id_),
        lambda: other.chat.completions.update(id_, metadata={"a": "b"}),
        lambda: other.chat.completions.delete(id_),
        lambda: other.chat.completions.messages.list(id_),
    )
    for ask in asks:
        with pytest.raises(openai.NotFoundError):
            ask()
    with pytest.raises(openai.BadRequestError):
        other.chat.completions.list(after=id_)
    assert mine.chat.completions.retrieve(id_).metadata == {}


@pytest.mark.parametrize(
    ("query", "param"),
    [("limit=0", "limit"), ("limit=101", "limit"), ("order=up", "order"), ("after=nobody", "after"), ("x=1", "x")],
)
def test_a_wrong_query_names_its_parameter(query: str, param: str, tmp_path: Path) -> None:
    with child(tmp_path) as server:
        answer = server.client.get(f"{CHAT}?{query}")
    assert (answer.status_code in (400, 422), answer.json()["error"]["param"]) == (True, param)


def test_what_is_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    with child(tmp_path, "--data", str(tmp_path / "kept")) as server:
        ids = [server.chat("x", store=True).json()["id"] for _ in range(3)]
        server.process.kill()
    with child(tmp_path, "--data", str(tmp_path / "kept")) as server:
        page: httpx2.Response = server.client.get(CHAT)
        assert [each["id"] for each in page.json()["data"]] == ids
