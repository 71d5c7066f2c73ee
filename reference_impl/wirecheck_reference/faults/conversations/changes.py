"""Items of conversations gone wrong: adding and deleting them."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_MADE: Final = ("createConversation", "createConversationItems")
_MOST: Final = 20
_ROLES: Final = ("user", "assistant", "system", "developer")
_TYPES: Final = ("function_call", "function_call_output", "reasoning")


def _items(request: Request) -> list[Any]:
    found = request.field("items")
    return found if isinstance(found, list) else []


@on_json(at="createConversationItems", breaks=("conversations.added",))
def shows_nothing_of_what_was_added(document: dict[str, Any]) -> None:
    """Shows the last alone of several items that were added."""
    document["data"] = document["data"][-1:]


@on_answer(at="createConversation", breaks=("conversations.twenty",))
def takes_ten_items_at_a_time(answer: Answer) -> None:
    """Refuses more than ten items at a time."""
    if answer.status == 200 and len(_items(answer.request)) > _MOST // 2:
        answer.status = 422
        answer.document = ApiError(422, "validation_error", "items: too many.", param="items").document()


@on_request(at=_MADE, breaks=("conversations.too-many",))
def leaves_out_what_is_too_much(request: Request) -> None:
    """Takes more than 20 items at a time, and keeps 20 of them."""
    if len(_items(request)) > _MOST:
        request.body["items"] = request.body["items"][:_MOST]


@on_request(at=_MADE, breaks=("conversations.unknown-role",))
def takes_any_role_for_the_users(request: Request) -> None:
    """Keeps messages of roles that it does not know as the user's."""
    for item in _items(request):
        if isinstance(item, dict) and isinstance(item.get("role"), str) and item["role"] not in _ROLES:
            item["role"] = "user"


@on_request(at=_MADE, breaks=("conversations.unknown-type",))
def takes_any_item_for_a_message(request: Request) -> None:
    """Takes items of types that it does not know for messages."""
    for item in _items(request):
        if isinstance(item, dict) and isinstance(item.get("type"), str) and item["type"] not in _TYPES:
            item["type"] = "message"


@on_error(at=_MADE, breaks=("conversations.param",))
def does_not_say_which_item_is_wrong(envelope: dict[str, Any], answer: Answer) -> None:
    """Names no field where it refuses an item."""
    if (envelope["error"].get("param") or "").startswith("items.") and _items(answer.request):
        envelope["error"]["param"] = None


@on_answer(at="deleteConversationItem", breaks=("conversations.item-deletion",), rows=("RSP-09",))
def answers_the_deletion_of_an_item_with_the_item(answer: Answer) -> None:
    """Answers the deletion of an item with an object of its own."""
    if answer.status == 200:
        id_ = answer.request.parameters["item_id"]
        answer.document = {"id": id_, "object": "conversation.item.deleted", "deleted": True}


class Deleted:
    """The conversations of which an item was deleted, by their ids."""

    def __init__(self) -> None:
        self.conversations: set[str] = set()


@on_answer(
    at=("listConversationItems", "deleteConversationItem"), breaks=("conversations.others-stay",), remembers=Deleted
)
def deletes_what_came_after_an_item_too(answer: Answer, memory: Deleted) -> None:
    """Deletes the last of several items with another."""
    id_ = answer.request.parameters["conversation_id"]
    if answer.status != 200:
        return
    if answer.request.method == "DELETE":
        memory.conversations.add(id_)
    elif id_ in memory.conversations and len(answer.document["data"]) > len(_ROLES) - 1:
        data = answer.document["data"][:-1]
        answer.document = {**answer.document, "data": data, "last_id": data[-1]["id"]}
