"""Items of conversations gone wrong: what is kept of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final

from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.faults.kinds.queries import query_of, without

_MADE: Final = ("createConversation", "createConversationItems")
_TOLD: Final = ("createConversationItems", "listConversationItems", "getConversationItem")
# A page of fewer is as it should be.
_MANY: Final = 4


def _change_texts(request: Request, change: Callable[[str], str]) -> None:
    """Puts other texts in the place of those of the messages that a request adds."""
    for item in request.field("items") or []:
        if isinstance(item.get("content"), str):
            item["content"] = change(item["content"])
        elif isinstance(item.get("content"), list):
            for part in item["content"]:
                if "text" in part:
                    part["text"] = change(part["text"])


@on_json(at=_TOLD, breaks=("conversations.item-shape",))
def has_items_without_status(document: dict[str, Any]) -> None:
    """Leaves `status` out of items."""
    for each in document.get("data", [document]):
        each.pop("status", None)


@on_json(at="listConversationItems", breaks=("conversations.item-shape",))
def lists_texts_in_place_of_parts(document: dict[str, Any]) -> None:
    """Shows parts as they may be sent and not as they are answered: texts without a type."""
    for each in document["data"]:
        for part in each.get("content", []):
            part.pop("type")


@on_json(at="listConversationItems", breaks=("conversations.item-list-shape",))
def lists_items_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of items."""
    del document["object"]


@on_request(at=_MADE, breaks=("conversations.text",))
def composes_texts(request: Request) -> None:
    """Keeps texts in Unicode's normal form C."""
    _change_texts(request, lambda text: unicodedata.normalize("NFC", text))


@on_request(at=_MADE, breaks=("conversations.text",))
def ends_the_lines_of_messages_its_own_way(request: Request) -> None:
    """Keeps the line ends of messages as LF alone."""
    _change_texts(request, lambda text: text.replace("\r\n", "\n"))


@on_request(at=_MADE, breaks=("conversations.role",))
def takes_developers_for_systems(request: Request) -> None:
    """Keeps the messages of developers as those of the system."""
    for item in request.field("items") or []:
        if item.get("role") == "developer":
            item["role"] = "system"


@on_request(at="createConversation", breaks=("conversations.order",))
def turns_what_begins_a_conversation_round(request: Request) -> None:
    """Keeps the items that a conversation begins with from the last to the first."""
    if isinstance(request.field("items"), list):
        request.body["items"].reverse()


@on_answer(at="listConversationItems", breaks=("conversations.unique",))
def gives_two_items_one_id(answer: Answer) -> None:
    """Shows the second of many items under the id of the first."""
    if answer.status == 200 and len(answer.document["data"]) >= _MANY:
        document = answer.document
        document["data"][1]["id"] = document["data"][0]["id"]
        answer.document = document


@on_json(at="getConversationItem", breaks=("conversations.item",))
def says_of_items_that_they_are_cut(document: dict[str, Any]) -> None:
    """Calls items `incomplete` once they are fetched."""
    document["status"] = "incomplete"


@on_json(at="getConversationItem", breaks=("conversations.item",))
def shows_items_without_their_text(document: dict[str, Any]) -> None:
    """Shows an item that is fetched without what it says."""
    document["content"] = []


class Known:
    """Items that were shown, by their ids, but for those that were deleted."""

    def __init__(self) -> None:
        self.items: dict[str, Any] = {}


@on_answer(
    at=("listConversationItems", "getConversationItem", "deleteConversationItem"),
    breaks=("conversations.elsewhere",),
    remembers=Known,
)
def shows_items_in_every_conversation(answer: Answer, memory: Known) -> None:
    """Looks for an item in all conversations, not in the one that is asked."""
    id_ = answer.request.parameters.get("item_id", "")
    if answer.status == 200 and not id_:
        memory.items |= {each["id"]: each for each in answer.document["data"]}
    elif answer.status == 200 and answer.request.method == "DELETE":
        memory.items.pop(id_, None)
    elif answer.request.method == "GET" and answer.error.get("param") == "item_id" and id_ in memory.items:
        answer.status, answer.document = 200, memory.items[id_]


@on_request(at="listConversationMessages", breaks=("conversations.messages",))
def shows_messages_of_every_role(request: Request) -> None:
    """Takes `role` in the query, and does not look at it."""
    without(request, "role")


@on_answer(at="listConversationMessages", breaks=("conversations.messages",))
def leaves_the_last_message_of_a_role_out(answer: Answer) -> None:
    """Shows of the messages of a role all but the last."""
    if answer.status == 200 and "role" in query_of(answer.request):
        data = answer.document["data"][:-1]
        edges = {"first_id": data[0]["id"] if data else None, "last_id": data[-1]["id"] if data else None}
        answer.document = {**answer.document, "data": data, **edges}


@on_answer(at="listConversationMessages", breaks=("conversations.messages-alone",))
def shows_calls_among_the_messages_of_the_assistant(answer: Answer) -> None:
    """Takes the calls of the model for messages of the assistant: shows one before them."""
    data = answer.document.get("data", [])
    if answer.status == 200 and any(each["role"] == "assistant" for each in data):
        call = {"id": "fc_1", "type": "function_call", "status": "completed"}
        call |= {"call_id": "call_1", "name": "look", "arguments": "{}"}
        answer.document = {**answer.document, "data": [call, *data], "first_id": call["id"]}
