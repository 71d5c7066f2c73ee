"""Every request that the types of OpenAI's SDK can express is valid: each field, each alternative, each literal."""

from __future__ import annotations

import collections.abc
import types
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

import pytest
from openai._types import SequenceNotStr
from openai.types import Completion, CreateEmbeddingResponse, Embedding, embedding_create_params
from openai.types import completion_create_params as text_params
from openai.types.chat import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionMessage,
    completion_create_params,
)
from openai.types.conversations import (
    Conversation,
    ConversationDeletedResource,
    Message,
    item_create_params,
    item_list_params,
    item_retrieve_params,
)
from openai.types.create_embedding_response import Usage
from openai.types.responses import (
    EasyInputMessageParam,
    ResponseFunctionToolCallItem,
    ResponseFunctionToolCallOutputItem,
    ResponseFunctionToolCallParam,
    ResponseIncludable,
    ResponseInputFile,
    ResponseInputImage,
    ResponseOutputMessageParam,
    ResponseOutputRefusal,
    ResponseReasoningItem,
    ResponseReasoningItemParam,
    response_input_item_param,
)
from pydantic import BaseModel
from typing_extensions import is_typeddict

from tests.spec.contract import component_validator, contract_accepts, document, schemas, validator
from tests.spec.seeds import MESSAGE

PLAIN: dict[Any, list[Any]] = {
    str: ["a"],
    int: [1],
    float: [0.5],
    bool: [True, False],
    type(None): [None],
    object: [{"any": ["thing"]}],
}
ARRAYS = {list, collections.abc.Iterable, collections.abc.Sequence, SequenceNotStr}
# What a field needs beside it.
BESIDE: dict[str, dict[str, Any]] = {
    "top_logprobs": {"logprobs": True},
    "stream_options": {"stream": True},
    "tool_choice": {"tools": [{"type": "function", "function": {"name": "a"}}]},
}
# Documents that the types allow and the API does not: an assistant's message that says nothing at all.
NOTHING_SAID = {"role", "name"}


def samples(hint: Any) -> list[Any]:
    """Values of a type, one for each way in which it can differ."""
    origin = get_origin(hint)
    if origin in (Required, NotRequired):
        return samples(get_args(hint)[0])
    if origin is Literal:
        return list(get_args(hint))
    if origin in (Union, types.UnionType):
        return [value for each in get_args(hint) for value in samples(each)]
    if origin in ARRAYS:
        return [[value] for value in samples(get_args(hint)[0])]
    if origin is dict:
        return [{"a": value} for value in samples(get_args(hint)[1])]
    return typed_dicts(hint) if is_typeddict(hint) else PLAIN[hint]


def typed_dicts(hint: Any) -> list[dict[str, Any]]:
    """A value with the required fields alone, and one for each sample of each field."""
    hints = get_type_hints(hint, include_extras=True)
    least = {name: samples(inner)[0] for name, inner in hints.items() if get_origin(inner) is Required}
    found = [least]
    for name, inner in hints.items():
        beside = {needed: value for needed, value in BESIDE.get(name, {}).items() if needed in hints}
        found += [{**least, **beside, name: value} for value in samples(inner)]
    if least.get("role") == "assistant":
        found = [each for each in found if not set(each) <= NOTHING_SAID]
    return found


REQUESTS = [
    *typed_dicts(completion_create_params.CompletionCreateParamsNonStreaming),
    *typed_dicts(completion_create_params.CompletionCreateParamsStreaming),
]


TEXT_REQUESTS = [
    *typed_dicts(text_params.CompletionCreateParamsNonStreaming),
    *typed_dicts(text_params.CompletionCreateParamsStreaming),
]
SENT = [("ChatCompletionRequest", REQUESTS, 150), ("CompletionRequest", TEXT_REQUESTS, 50)]


@pytest.mark.parametrize(("name", "requests", "many"), SENT)
def test_what_the_sdk_can_send_is_valid(name: str, requests: list[dict[str, Any]], many: int) -> None:
    checker = component_validator(name)
    assert len(requests) > many
    refused = [each for each in requests if not checker.is_valid(each)]
    assert not refused, refused[:5]


def test_what_the_sdk_can_send_for_embeddings_is_all_that_may_be_sent() -> None:
    requests = typed_dicts(embedding_create_params.EmbeddingCreateParams)
    checker = component_validator("EmbeddingRequest")
    assert [each for each in requests if not checker.is_valid(each)] == []
    assert {name for each in requests for name in each} == set(schemas()["EmbeddingRequest"]["properties"])


@pytest.mark.parametrize(
    ("kind", "many"),
    [
        (EasyInputMessageParam, 30),
        (response_input_item_param.Message, 25),
        (response_input_item_param.FunctionCallOutput, 30),
        (ResponseFunctionToolCallParam, 10),
        (ResponseReasoningItemParam, 5),
        (ResponseOutputMessageParam, 5),
    ],
)
def test_what_the_sdk_can_add_to_conversations_is_valid(kind: Any, many: int) -> None:
    items = typed_dicts(kind)
    checker = component_validator("ConversationItemsRequest")
    assert len(items) > many
    assert [each for each in items if not checker.is_valid({"items": [each]})] == []


@pytest.mark.parametrize(
    ("operation", "kind", "elsewhere"),
    [
        ("createConversationItems", item_create_params.ItemCreateParams, {"items"}),
        ("listConversationItems", item_list_params.ItemListParams, set()),
        ("getConversationItem", item_retrieve_params.ItemRetrieveParams, {"conversation_id"}),
    ],
)
def test_what_the_sdk_can_ask_of_items_is_all_that_may_be_asked(operation: str, kind: Any, elsewhere: set[str]) -> None:
    (parameters,) = [
        [document()["components"]["parameters"][each["$ref"].rpartition("/")[2]] for each in found["parameters"]]
        for item in document()["paths"].values()
        for found in item.values()
        if found["operationId"] == operation
    ]
    taken = {each["name"]: each["schema"] for each in parameters if each["in"] == "query"}
    sent = {name: hint for name, hint in get_type_hints(kind).items() if name not in elsewhere}
    assert set(sent) == set(taken) - {"include[]"}
    values = [(name, value) for name, hint in sent.items() for value in samples(hint)]
    values += [("include[]", value) for name, value in values if name == "include"]
    assert [(name, value) for name, value in values if not validator(taken[name]).is_valid(value)] == []
    assert {value[0] for name, value in values if name == "include"} == set(get_args(ResponseIncludable))


@pytest.mark.parametrize(("name", "requests", "many"), SENT)
def test_the_contract_has_no_field_that_the_sdk_cannot_send(
    name: str, requests: list[dict[str, Any]], many: int
) -> None:
    assert len(requests) > many
    assert set(schemas()[name]["properties"]) == {field for each in requests for field in each}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ChatCompletion", ChatCompletion),
        ("ChatCompletionChunk", ChatCompletionChunk),
        ("EmbeddingList", CreateEmbeddingResponse),
        ("Embedding", Embedding),
        ("EmbeddingUsage", Usage),
        ("Completion", Completion),
        ("CompletionChunk", Completion),
        ("Conversation", Conversation),
        ("ConversationDeleted", ConversationDeletedResource),
        ("ConversationMessage", Message),
        ("ConversationFunctionCall", ResponseFunctionToolCallItem),
        ("ConversationFunctionCallOutput", ResponseFunctionToolCallOutputItem),
        ("ConversationReasoning", ResponseReasoningItem),
    ],
)
def test_answers_have_the_fields_that_the_sdk_reads(name: str, answer: type[BaseModel]) -> None:
    assert {info.alias or field for field, info in answer.model_fields.items()} <= set(schemas()[name]["properties"])
    read = {field for field, info in answer.model_fields.items() if info.is_required()}
    assert read <= set(schemas()[name]["required"])


def test_parts_of_answers_have_the_fields_that_the_sdk_reads() -> None:
    read = {
        field for part in (ResponseInputImage, ResponseInputFile, ResponseOutputRefusal) for field in part.model_fields
    }
    assert read - {"prompt_cache_breakpoint"} <= set(schemas()["ConversationPart"]["properties"])


@pytest.mark.parametrize("unset", [True, False], ids=["as it came", "with every field"])
@pytest.mark.parametrize("answer", [MESSAGE, {"role": "assistant", "content": None}, {**MESSAGE, "content": None}])
def test_messages_of_answers_may_be_sent_back(answer: dict[str, Any], unset: bool) -> None:
    echoed = ChatCompletionMessage.model_validate(answer).model_dump(exclude_unset=unset)
    assert contract_accepts("ChatCompletionRequest", {"model": "echo", "messages": [echoed]})
