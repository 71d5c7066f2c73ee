"""Conversations kept otherwise: other fields, other parts, another list, or no conversations at all."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_error, on_json, on_request

_CONVERSATIONS: Final = ("createConversation", "getConversation", "updateConversation", "deleteConversationItem")
_ITEMS: Final = ("createConversationItems", "listConversationItems", "getConversationItem", "listConversationMessages")
_OWN: Final = ("listConversations", "listConversationMessages")
_ALL: Final = (*_CONVERSATIONS, *_ITEMS, "listConversations", "deleteConversation")
_MESSAGE: Final = "openai-python types/conversations/message.py (Content: text; phase)"


def _nothing(request: Request) -> Answer:
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is no such path.").document()
    return answer


@on_request("vLLM documentation, OpenAI-compatible server (it has no conversations)", at=_ALL)
def has_no_conversations(request: Request) -> Answer:
    """Has no place for conversations."""
    return _nothing(request)


@on_request("OpenAI API reference, Conversations (there is no list of them)", at=_OWN)
def does_not_list_conversations(request: Request) -> Answer:
    """Knows each conversation by its id alone."""
    return _nothing(request)


@on_json("RFC 9110 section 9.3.3; openai-python models take unknown fields", at=_CONVERSATIONS)
def tells_more_of_conversations(document: dict[str, Any]) -> None:
    """Tells of a conversation what nobody asked for."""
    document.update(updated_at=document["created_at"], items_count=2, owner=None)


@on_json(_MESSAGE, at=_ITEMS)
def calls_all_parts_text(document: dict[str, Any]) -> None:
    """Calls every part `text`, and tells more of a message."""
    for each in document.get("data", [document]):
        each.update(phase=None, created_by="user-1")
        for part in each["content"]:
            part["type"] = "text"


@on_error("RFC 9110 section 15.5.1 (400)", at=("createConversation", "createConversationItems"))
def refuses_items_with_400(_: dict[str, Any], answer: Answer) -> None:
    """Answers 400 in place of 422."""
    if answer.status == 422:
        answer.status = 400
