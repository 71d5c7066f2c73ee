"""Conversations, on every database, as the official SDK asks for them and as nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openai
import pytest
from openai import OpenAI

from tests.reference.child import Child, child

PATH: Final = "/v1/conversations"


def client(server: Child, key: str = "sk-one") -> OpenAI:
    return OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


def message(text: str, role: str = "user") -> Any:
    return {"type": "message", "role": role, "content": text}


def id_of(item: Any) -> str:
    """The id of an item: for some kinds of items the SDK's types have none."""
    id_: str = item.id
    return id_


def texts(items: Any) -> list[str]:
    return [part.text for each in items for part in each.content]


def test_the_sdk_keeps_conversations(server: Child) -> None:
    sdk = client(server).conversations
    made = sdk.create(items=[message("one"), message("two", "assistant")], metadata={"a": "b"})
    assert (made.object, made.metadata) == ("conversation", {"a": "b"})
    assert sdk.retrieve(made.id) == made
    assert sdk.create(items=None, metadata=None).metadata == sdk.create().metadata == {}
    assert sdk.update(made.id, metadata={"c": "d"}).metadata == {"c": "d"}
    assert sdk.retrieve(made.id).metadata == {"c": "d"}
    assert sdk.update(made.id, metadata=None).metadata == {}
    deleted = sdk.delete(made.id)
    assert (deleted.id, deleted.deleted, deleted.object) == (made.id, True, "conversation.deleted")
    asks: tuple[Callable[[], object], ...] = (
        lambda: sdk.retrieve(made.id),
        lambda: sdk.delete(made.id),
        lambda: sdk.update(made.id, metadata={}),
        lambda: sdk.items.list(made.id),
        lambda: sdk.items.create(made.id, items=[message("x")]),
    )
    for ask in asks:
        with pytest.raises(openai.NotFoundError):
            ask()


def test_items_stand_in_their_order(server: Child) -> None:
    sdk = client(server).conversations
    made = sdk.create(items=[message(str(number)) for number in range(20)])
    added = sdk.items.create(made.id, items=[message(str(number)) for number in range(20, 25)])
    assert texts(added.data) == ["20", "21", "22", "23", "24"]
    assert (added.first_id, added.last_id, added.has_more) == (added.data[0].id, added.data[-1].id, False)
    listed = list(sdk.items.list(made.id, limit=10))
    assert texts(listed) == [str(number) for number in reversed(range(25))]
    assert len({each.id for each in listed}) == 25
    assert list(sdk.items.list(made.id, limit=7, order="asc")) == listed[::-1]
    assert sdk.items.retrieve(id_of(added.data[0]), conversation_id=made.id) == added.data[0]
    assert sdk.items.delete(id_of(added.data[0]), conversation_id=made.id) == made
    with pytest.raises(openai.NotFoundError):
        sdk.items.retrieve(id_of(added.data[0]), conversation_id=made.id)
    assert [each.id for each in sdk.items.list(made.id)] == [each.id for each in listed if each != added.data[0]]


def test_a_message_comes_back_as_parts(server: Child) -> None:
    sdk = client(server).conversations
    answered: Any = {
        "id": "msg_x",
        "type": "message",
        "role": "assistant",
        "status": "incomplete",
        "phase": "final_answer",
        "content": [{"type": "output_text", "text": "a", "annotations": []}, {"type": "output_text", "text": "b"}],
    }
    cached: Any = {"type": "input_text", "text": "d", "prompt_cache_breakpoint": {"mode": "explicit"}}
    asked: Any = {"role": "developer", "content": [cached]}
    made = sdk.create(items=[message("naïve 日本語 🦊"), message("c", "assistant"), answered, asked])
    first, second, third, fourth = [
        each.model_dump(exclude_unset=True) for each in sdk.items.list(made.id, order="asc")
    ]
    assert first["content"] == [{"type": "input_text", "text": "naïve 日本語 🦊"}]
    assert (first["type"], first["role"], first["status"]) == ("message", "user", "completed")
    assert second["content"] == [{"type": "output_text", "text": "c", "annotations": []}]
    assert third["content"] == [{"type": "output_text", "text": text, "annotations": []} for text in ("a", "b")]
    assert (third["status"], third["phase"], third["id"] != "msg_x") == ("incomplete", "final_answer", True)
    assert (fourth["role"], fourth["content"]) == ("developer", [cached])
    sent_back: Any = [first, second, third, fourth]
    again = sdk.create(items=sent_back)
    kept = [each.model_dump(exclude_unset=True) for each in sdk.items.list(again.id, order="asc")]
    assert [{**each, "id": ""} for each in kept] == [{**each, "id": ""} for each in sent_back]


def test_messages_are_those_of_a_role(server: Child) -> None:
    sdk = client(server).conversations
    roles = ("user", "assistant", "system", "developer", "user")
    made = sdk.create(items=[message(f"{number} {role}", role) for number, role in enumerate(roles)])

    def asked(**query: str | int) -> Any:
        answer = server.client.get(
            f"{PATH}/{made.id}/messages", params=query, headers={"authorization": "Bearer sk-one"}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert len(asked()["data"]) == 5
    for role in roles:
        assert {each["role"] for each in asked(role=role)["data"]} == {role}
    first = asked(role="user", limit=1)
    assert (first["data"][0]["content"][0]["text"], first["has_more"]) == ("4 user", True)
    second = asked(role="user", limit=1, after=first["last_id"])
    assert (second["data"][0]["content"][0]["text"], second["has_more"]) == ("0 user", False)
    # A cursor may be any item of the conversation.
    assert asked(role="system", after=first["last_id"])["data"][0]["role"] == "system"


def test_nothing_of_one_conversation_is_anothers(server: Child) -> None:
    mine, other = client(server).conversations, client(server, "sk-two").conversations
    one, two = mine.create(items=[message("one")]), mine.create(items=[message("two")])
    item = id_of(mine.items.list(one.id).data[0])
    asks: tuple[Callable[[], object], ...] = (
        lambda: mine.items.retrieve(item, conversation_id=two.id),
        lambda: mine.items.delete(item, conversation_id=two.id),
        lambda: other.retrieve(one.id),
        lambda: other.update(one.id, metadata={"a": "b"}),
        lambda: other.delete(one.id),
        lambda: other.items.list(one.id),
        lambda: other.items.create(one.id, items=[message("x")]),
        lambda: other.items.retrieve(item, conversation_id=one.id),
        lambda: other.items.delete(item, conversation_id=one.id),
    )
    for ask in asks:
        with pytest.raises(openai.NotFoundError):
            ask()
    with pytest.raises(openai.BadRequestError):
        mine.items.list(two.id, after=item)
    mine.delete(two.id)
    assert texts(mine.items.list(one.id)) == ["one"]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"items": [message("x")] * 21}, "items"),
        ({"items": [{"type": "wirecheck", "call_id": "a", "name": "b", "arguments": "{}"}]}, "items.0.type"),
        ({"items": [message("x"), message("x", "tool")]}, "items.1.role"),
        ({"items": [{"role": "user"}]}, "items.0.content"),
        ({"items": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]}, "items.0.content.0.type"),
        ({"items": [{"role": "user", "content": "x", "name": "y"}]}, "items.0.name"),
        ({"metadata": {str(number): "" for number in range(17)}}, "metadata"),
        ({"x": 1}, "x"),
    ],
)
def test_a_wrong_body_names_its_field(body: Any, param: str, tmp_path: Path) -> None:
    with child(tmp_path) as server:
        answer = server.client.post(PATH, json=body)
        made = server.client.post(PATH, json={}).json()["id"]
        items = server.client.post(f"{PATH}/{made}/items", json={**body, "items": body.get("items", [])})
        listed = server.client.get(f"{PATH}/{made}/items").json()["data"]
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)
    assert (items.status_code, listed) == (422, [])


def test_a_wrong_role_names_its_parameter(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        made = server.client.post(PATH, json={}).json()["id"]
        answer = server.client.get(f"{PATH}/{made}/messages?role=tool")
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "role")
