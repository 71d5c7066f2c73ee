"""Conversations kept otherwise: other fields, other parts, another list, or no conversations at all."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_answer, on_error, on_json, on_request

_CONVERSATIONS: Final = ("createConversation", "getConversation", "updateConversation", "deleteConversationItem")
_ITEMS: Final = ("createConversationItems", "listConversationItems", "getConversationItem", "listConversationMessages")
_OWN: Final = ("listConversations", "listConversationMessages")
_ALL: Final = (*_CONVERSATIONS, *_ITEMS, "listConversations", "deleteConversation")
_MADE: Final = ("createConversation", "createConversationItems")
_TEXTS: Final = ("input_text", "output_text")
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
        if each["type"] == "message":
            each.update(phase=None, created_by="user-1")
            for part in each["content"]:
                part.update({"type": "text"} if "text" in part else {})


@on_answer("openai-python types/responses/response_includable.py (message.input_image.image_url)", at=_ITEMS)
def tells_no_urls_of_images_unasked(answer: Answer) -> None:
    """Tells of images in messages how closely to look at them, and what they are only where `include` asks for it."""
    document = answer.document
    if answer.status == 200 and b"input_image.image_url" not in answer.request.query:
        for each in document.get("data", [document]):
            for part in each.get("content", []):
                part.pop("image_url", None)
        answer.document = document


@on_request("RFC 9110 section 15.5.21 (422: understood, and not to be processed)", at=_ITEMS)
def tells_nothing_on_demand(request: Request) -> Answer | None:
    """Knows no `include`, and refuses what it does not know."""
    if b"include" not in request.query:
        return None
    answer = Answer(request, 422)
    answer.document = ApiError(422, "unsupported", "Nothing is told on demand.", param="include").document()
    return answer


@on_json("openai-python types/responses/response_function_tool_call_output_item.py (output: a list)", at=_ITEMS)
def tells_outputs_in_parts(document: dict[str, Any]) -> None:
    """Tells what a function gave back in parts, however it was sent."""
    for each in document.get("data", [document]):
        if isinstance(each.get("output"), str):
            each["output"] = [{"type": "input_text", "text": each["output"]}]


@on_json(
    "openai-python types/conversations/conversation_item.py (ResponseFunctionWebSearch)", at="listConversationItems"
)
def keeps_its_searches_too(document: dict[str, Any]) -> None:
    """Keeps behind the calls of a model what it searched for by itself."""
    data = document["data"]
    place = next((number for number, each in enumerate(data) if each["type"] == "function_call_output"), None)
    if place is not None:
        search = {"id": f"ws_{data[place]['id']}", "type": "web_search_call", "status": "completed"}
        data.insert(place, {**search, "action": {"type": "search", "query": "weather"}})


@on_request("RFC 9110 section 15.5.21 (422: understood, and not to be processed)", at=_MADE)
def takes_texts_alone(request: Request) -> Answer | None:
    """Has conversations of messages that are text, and refuses to keep anything else in them."""
    for number, each in enumerate(request.field("items") or ()):
        content: Any = each.get("content", "")
        texts = isinstance(content, str) or all(part["type"] in _TEXTS for part in content)
        if each.get("type", "message") != "message" or not texts:
            answer = Answer(request, 422)
            answer.document = ApiError(422, "unsupported", "Texts alone are kept.", param=f"items.{number}").document()
            return answer
    return None


@on_error("RFC 9110 section 15.5.1 (400)", at=_MADE)
def refuses_items_with_400(_: dict[str, Any], answer: Answer) -> None:
    """Answers 400 in place of 422."""
    if answer.status == 422:
        answer.status = 400
