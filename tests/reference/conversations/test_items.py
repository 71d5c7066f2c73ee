"""Items of every type in conversations, on every database, as the official SDK sends and reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, get_args

import pytest
from openai import NotFoundError, OpenAI, UnprocessableEntityError
from openai.types.conversations import ConversationItem, Message
from openai.types.responses import (
    ResponseFunctionToolCallItem,
    ResponseFunctionToolCallOutputItem,
    ResponseIncludable,
    ResponseReasoningItem,
)
from pydantic import TypeAdapter

from tests.reference.child import Child, child

PATH: Final = "/v1/conversations"
ARGUMENTS: Final = '{ "at":"sofa", "na\\u00efve" : "🦊",\n "n":1.0e1 }  '
PICTURE: Final = "data:image/png;base64,iVBORw0KGgo="
TEXT: Final = {"type": "input_text", "text": "Are these all?"}
IMAGE: Final = {"type": "input_image", "image_url": PICTURE, "detail": "low"}
FAR: Final = {"type": "input_image", "image_url": "http://127.0.0.1:9/cat.png"}
UPLOADED: Final = {"type": "input_image", "file_id": "file-1", "image_url": None, "detail": None}
FILE: Final = {"type": "input_file", "filename": "cats.txt", "file_data": "data:text/plain;base64,dHdvIGNhdHM="}
OTHER_FILES: Final = (
    {"type": "input_file", "file_id": "file-2", "detail": "high"},
    {"type": "input_file", "file_url": "http://127.0.0.1:9/cats.pdf"},
)
REFUSED: Final = {
    "type": "message",
    "role": "assistant",
    "content": [{"type": "refusal", "refusal": "I would rather not. 🦊"}],
}
SHOWN: Final = {"role": "user", "content": [TEXT, IMAGE, FAR, UPLOADED, FILE, *OTHER_FILES]}
THOUGHT: Final = {
    "type": "reasoning",
    "id": "rs_theirs",
    "summary": [{"type": "summary_text", "text": "Look."}],
    "content": [{"type": "reasoning_text", "text": "Look at the sofa."}],
    "encrypted_content": "Z2FiYmxl",
}
CALL: Final = {"type": "function_call", "id": "fc_theirs", "call_id": "call_1", "name": "look", "arguments": ARGUMENTS}
OUTPUT: Final = {"type": "function_call_output", "call_id": "call_1", "output": "naïve\r\n日本語 🦊"}
IN_PARTS: Final = {"type": "function_call_output", "call_id": "call_2", "status": "incomplete", "output": [TEXT, FAR]}
ANSWER: Final = {"type": "message", "role": "assistant", "content": "Two."}
SENT: Final[Any] = [SHOWN, THOUGHT, CALL, OUTPUT, IN_PARTS, ANSWER, REFUSED]


def client(server: Child) -> OpenAI:
    return OpenAI(base_url=f"{server.url}/v1", api_key="sk-one", max_retries=0)


def dumped(item: Any) -> dict[str, Any]:
    """An item as it came, without its id."""
    found: dict[str, Any] = item.model_dump(exclude_unset=True)
    return {name: value for name, value in found.items() if name != "id"}


def test_items_of_all_types_come_back(server: Child) -> None:
    sdk = client(server).conversations
    made = sdk.create(items=SENT[:1])
    added = sdk.items.create(made.id, items=SENT[1:])
    listed = sdk.items.list(made.id, order="asc").data
    assert listed[1:] == added.data
    shown, thought, call, output, in_parts, answer, refused = listed
    assert isinstance(shown, Message)
    assert isinstance(thought, ResponseReasoningItem)
    assert isinstance(call, ResponseFunctionToolCallItem)
    assert isinstance(output, ResponseFunctionToolCallOutputItem)
    ids: list[Any] = [each.id for each in listed]
    assert [id_.partition("_")[0] for id_ in ids] == ["msg", "rs", "fc", "fco", "fco", "msg", "msg"]
    assert not {"rs_theirs", "fc_theirs"} & set(ids)
    far, uploaded = {**FAR, "detail": "auto"}, {"type": "input_image", "file_id": "file-1", "detail": "auto"}
    assert dumped(shown)["content"] == [TEXT, IMAGE, far, uploaded, FILE, *OTHER_FILES]
    said = {name: value for name, value in THOUGHT.items() if name != "id"}
    assert dumped(thought) == {**said, "status": "completed"}
    assert (call.call_id, call.name, call.arguments, call.status) == ("call_1", "look", ARGUMENTS, "completed")
    assert dumped(output) == {**OUTPUT, "status": "completed"}
    assert dumped(in_parts) == {**IN_PARTS, "output": [TEXT, far]}
    assert dumped(answer)["role"] == "assistant"
    assert dumped(refused) == {**REFUSED, "status": "completed"}
    for each in listed:
        # Stricter than the SDK itself, which takes whatever comes.
        TypeAdapter(ConversationItem).validate_python(each.model_dump(exclude_unset=True), strict=True)


def test_what_was_read_may_be_sent_again(server: Child) -> None:
    sdk = client(server).conversations
    read = sdk.items.list(sdk.create(items=SENT).id, order="asc").data
    again: Any = [each.model_dump(exclude_unset=True) for each in read]
    kept = sdk.items.list(sdk.create(items=again).id, order="asc").data
    assert [dumped(each) for each in kept] == [dumped(each) for each in read]
    assert not {each.id for each in kept} & {each.id for each in read}


def test_items_of_all_types_are_found_paged_and_deleted(server: Child) -> None:
    sdk = client(server).conversations
    made = sdk.create(items=SENT)
    listed = list(sdk.items.list(made.id, order="asc", limit=2))
    assert [each.type for each in listed] == [each.get("type", "message") for each in SENT]
    assert list(sdk.items.list(made.id, limit=4)) == listed[::-1]
    for number, each in enumerate(listed):
        id_: Any = each.id
        assert sdk.items.retrieve(id_, conversation_id=made.id) == each
        assert sdk.items.delete(id_, conversation_id=made.id) == made
        with pytest.raises(NotFoundError):
            sdk.items.retrieve(id_, conversation_id=made.id)
        assert list(sdk.items.list(made.id, order="asc")) == listed[number + 1 :]


def test_what_is_told_on_demand_is_told_anyway(server: Child) -> None:
    sdk = client(server).conversations
    made = sdk.create()
    added = sdk.items.create(made.id, items=SENT, include=["message.input_image.image_url"])
    assert added.data == sdk.items.list(made.id, order="asc").data
    assert list(sdk.items.list(made.id, order="asc", limit=2, include=[*get_args(ResponseIncludable)])) == added.data
    for each in added.data:
        id_: Any = each.id
        asked = sdk.items.retrieve(id_, conversation_id=made.id, include=["reasoning.encrypted_content"])
        assert asked == each
    wrong: Any = ["everything"]
    with pytest.raises(UnprocessableEntityError) as refused:
        sdk.items.list(made.id, include=wrong)
    assert refused.value.param == "include[]"


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("include=reasoning.encrypted_content&include=message.output_text.logprobs", None),
        ("include%5B%5D=reasoning.encrypted_content&include=reasoning.encrypted_content", None),
        ("include=reasoning.encrypted_content&include=everything", "include"),
        ("include=reasoning.encrypted_content,message.output_text.logprobs", "include"),
        ("include=", "include"),
        ("include[]=everything", "include[]"),
        ("includes=reasoning.encrypted_content", "includes"),
    ],
)
def test_include_is_a_list_of_names(query: str, param: str | None, tmp_path: Path) -> None:
    with child(tmp_path) as server:
        made = server.client.post(PATH, json={"items": SENT[-1:]}).json()["id"]
        item = server.client.get(f"{PATH}/{made}/items").json()["first_id"]
        answers = [
            server.client.get(f"{PATH}/{made}/items?{query}"),
            server.client.get(f"{PATH}/{made}/items/{item}?{query}"),
            server.client.post(f"{PATH}/{made}/items?{query}", json={"items": SENT[-1:]}),
        ]
        listed = server.client.get(f"{PATH}/{made}/items").json()["data"]
    if param is None:
        assert [each.status_code for each in answers] == [200] * 3
    else:
        assert [(each.status_code, each.json()["error"]["param"]) for each in answers] == [(422, param)] * 3
    assert len(listed) == (2 if param is None else 1)


def test_messages_are_messages_alone(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        made = server.client.post(PATH, json={"items": SENT}).json()["id"]
        assistants = ["assistant", "assistant"]
        for query, roles in (("", [*assistants, "user"]), ("?role=assistant", assistants), ("?role=system", [])):
            found = server.client.get(f"{PATH}/{made}/messages{query}").json()["data"]
            assert [each["role"] for each in found] == roles


@pytest.mark.parametrize(
    ("item", "param"),
    [
        ({"type": "function_call"}, "call_id"),
        ({**CALL, "arguments": {}}, "arguments"),
        ({**CALL, "arguments": "\x00"}, "arguments"),
        ({**CALL, "status": "done"}, "status"),
        ({**CALL, "role": "assistant"}, "role"),
        ({**CALL, "caller": {"type": "nobody"}}, "caller.type"),
        ({"type": "function_call_output", "call_id": "call_1"}, "output"),
        ({**OUTPUT, "output": [{"type": "output_text", "text": "x"}]}, "output.0.type"),
        ({**OUTPUT, "output": [{"type": "input_text"}]}, "output.0.text"),
        ({"type": "reasoning"}, "summary"),
        ({**THOUGHT, "summary": [{"type": "text", "text": "x"}]}, "summary.0.type"),
        ({"type": "web_search_call"}, "type"),
        ({"type": "wirecheck", "role": "user", "content": "x"}, "type"),
        ({"role": "user", "content": [{**IMAGE, "detail": "most"}]}, "content.0.detail"),
        ({"role": "user", "content": [{**FILE, "image_url": PICTURE}]}, "content.0.image_url"),
        ({**REFUSED, "content": [{"type": "refusal"}]}, "content.0.refusal"),
        ({**REFUSED, "content": [{"type": "refusal", "refusal": "x", "text": "x"}]}, "content.0.text"),
        ({"role": "tool", "content": "x"}, "role"),
    ],
)
def test_a_wrong_item_names_its_field(item: Any, param: str, tmp_path: Path) -> None:
    with child(tmp_path) as server:
        made = server.client.post(PATH, json={}).json()["id"]
        answer = server.client.post(f"{PATH}/{made}/items", json={"items": [SENT[-1], item]})
        listed = server.client.get(f"{PATH}/{made}/items").json()["data"]
    assert (answer.status_code, answer.json()["error"]["param"], listed) == (422, f"items.1.{param}", [])


def test_a_type_that_there_is_not_is_told_those_that_there_are(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        answer = server.client.post(PATH, json={"items": [{"type": "wirecheck"}]})
    wanted = "'message', 'function_call', 'function_call_output', 'reasoning'"
    assert answer.json()["error"]["message"] == f"items.0.type: Input should be one of {wanted}."
