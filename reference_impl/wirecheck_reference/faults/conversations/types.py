"""Items of conversations gone wrong: function calls, reasoning, images, files and refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_MADE: Final = ("createConversation", "createConversationItems")


def _items(request: Request, kind: str) -> Iterator[dict[str, Any]]:
    """The items of a type that a request adds."""
    return (each for each in request.field("items") or [] if each.get("type", "message") == kind)


def _parts(request: Request, kind: str) -> Iterator[dict[str, Any]]:
    """The parts of a type of the messages that a request adds."""
    contents = [each["content"] for each in _items(request, "message") if isinstance(each["content"], list)]
    return (part for content in contents for part in content if part["type"] == kind)


@on_request(at=_MADE, breaks=("conversations.call",))
def writes_arguments_its_own_way(request: Request) -> None:
    """Reads the arguments of function calls as JSON, and writes them again."""
    for item in _items(request, "function_call"):
        try:
            item["arguments"] = json.dumps(json.loads(item["arguments"]))
        except ValueError:
            continue


@on_request(at=_MADE, breaks=("conversations.call-output",))
def keeps_the_first_part_of_an_output(request: Request) -> None:
    """Keeps of an output in parts the first alone."""
    for item in _items(request, "function_call_output"):
        if isinstance(item["output"], list):
            item["output"] = item["output"][:1]


@on_request(at=_MADE, breaks=("conversations.call-output",))
def shortens_outputs(request: Request) -> None:
    """Keeps the first line of an output."""
    for item in _items(request, "function_call_output"):
        if isinstance(item["output"], str):
            item["output"] = "".join(item["output"].splitlines()[:1])


@on_request(at=_MADE, breaks=("conversations.reasoning",))
def keeps_no_summaries(request: Request) -> None:
    """Keeps reasoning without its summary."""
    for item in _items(request, "reasoning"):
        item["summary"] = []


@on_request(at=_MADE, breaks=("conversations.image",))
def looks_at_all_images_alike(request: Request) -> None:
    """Keeps every image as one to look at as it thinks best."""
    for part in _parts(request, "input_image"):
        part["detail"] = "auto"


@on_request(at=_MADE, breaks=("conversations.image",))
def keeps_images_as_words(request: Request) -> None:
    """Keeps a word in the place of an image."""
    for part in list(_parts(request, "input_image")):
        part.clear()
        part.update(type="input_text", text="[image]")


@on_answer(at="listConversationItems", breaks=("conversations.image",))
def tells_on_demand_where_its_own_images_lie(answer: Answer) -> None:
    """Tells the URLs of images only where `include` asks for them, and then those of copies of its own."""
    document = answer.document
    if answer.status != 200:
        return
    asked = b"input_image.image_url" in answer.request.query
    for part in (part for each in document["data"] for part in each.get("content") or ()):
        if part.pop("image_url", None) and asked:
            part["image_url"] = "https://files.invalid/copy.png"
    answer.document = document


@on_request(at=_MADE, breaks=("conversations.file",))
def calls_all_files_alike(request: Request) -> None:
    """Gives every file in a message a name of its own."""
    for part in _parts(request, "input_file"):
        part["filename"] = "unnamed"


@on_request(at=_MADE, breaks=("conversations.refusal",))
def keeps_refusals_as_answers(request: Request) -> None:
    """Keeps what a model said in the place of an answer as an answer."""
    for part in list(_parts(request, "refusal")):
        text = part["refusal"]
        part.clear()
        part.update(type="output_text", text=text)


@on_request(at=_MADE, breaks=("conversations.types-order",))
def puts_outputs_before_their_calls(request: Request) -> None:
    """Keeps the outputs of function calls before all else that comes with them."""
    items = request.field("items")
    if isinstance(items, list):
        items.sort(key=lambda each: each.get("type") != "function_call_output")


@on_json(at="getConversationItem", breaks=("conversations.call-found",))
def shows_calls_without_their_arguments(document: dict[str, Any]) -> None:
    """Shows a function call that is fetched with no arguments."""
    if document["type"] == "function_call":
        document["arguments"] = "{}"


class Gone:
    """Function calls that were shown, by their ids, and the ids of those that were deleted."""

    def __init__(self) -> None:
        self.shown: dict[str, Any] = {}
        self.deleted: set[str] = set()


@on_answer(at=("getConversationItem", "deleteConversationItem"), breaks=("conversations.call-gone",), remembers=Gone)
def goes_on_showing_calls(answer: Answer, memory: Gone) -> None:
    """Goes on showing function calls that were deleted to those who know their ids."""
    id_ = answer.request.parameters["item_id"]
    if answer.request.method == "DELETE":
        memory.deleted |= {id_} if answer.status == 200 else set()
    elif answer.status == 200 and answer.document["type"] == "function_call":
        memory.shown[id_] = answer.document
    elif answer.status == 404 and id_ in memory.deleted & memory.shown.keys():
        answer.status, answer.document = 200, memory.shown[id_]


@on_answer(at="deleteConversationItem", breaks=("conversations.call-gone",))
def deletes_messages_alone(answer: Answer) -> None:
    """Refuses to delete what is no message."""
    if answer.status == 200 and not answer.request.parameters["item_id"].startswith("msg_"):
        answer.status = 422
        answer.document = ApiError(422, "validation_error", "That is no message.", param="item_id").document()


@on_json(at="listConversationItems", breaks=("conversations.item-shape",))
def says_of_calls_that_they_are_done(document: dict[str, Any]) -> None:
    """Lists function calls with a status of its own."""
    for each in document["data"]:
        if each["type"] == "function_call":
            each["status"] = "done"
