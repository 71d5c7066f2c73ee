"""Conversations gone wrong: what is told of them, and their end."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer


@on_answer(at="createConversation", breaks=("conversations.create",))
def knows_no_system_messages(answer: Answer) -> None:
    """Refuses conversations with a message of the role `system`."""
    items = answer.request.field("items") or []
    if answer.status == 200 and any(each.get("role") == "system" for each in items):
        answer.status = 422
        answer.document = ApiError(422, "validation_error", "items.0.role: unknown.", param="items.0.role").document()


@on_json(at=("createConversation", "getConversation"), breaks=("conversations.shape",))
def makes_conversations_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of conversations."""
    del document["object"]


@on_json(at="listConversations", breaks=("conversations.list-shape",))
def lists_conversations_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of conversations."""
    del document["object"]


@on_json(at="deleteConversation", breaks=("conversations.deletion",))
def calls_the_end_of_a_conversation_a_conversation(document: dict[str, Any]) -> None:
    """Calls the object of a deletion `conversation`."""
    document["object"] = "conversation"


class Ended:
    """Conversations that were deleted, by their ids, and the last page of items that was shown of each."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.pages: dict[str, Any] = {}


@on_answer(at=("deleteConversation", "listConversationItems"), breaks=("conversations.gone",), remembers=Ended)
def keeps_the_items_of_what_was_deleted(answer: Answer, memory: Ended) -> None:
    """Goes on listing the items of a conversation that was deleted."""
    id_ = answer.request.parameters["conversation_id"]
    if answer.request.method == "DELETE":
        memory.ids |= {id_} if answer.status == 200 else set()
    elif answer.status == 200:
        memory.pages[id_] = answer.document
    elif answer.status == 404 and id_ in memory.ids & memory.pages.keys():
        answer.status, answer.document = 200, memory.pages[id_]
