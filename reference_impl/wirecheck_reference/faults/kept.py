"""Things that are kept gone wrong, and their lists."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.auth.reading import key_of
from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.faults.kinds.queries import query_of, without

_LISTS: Final = (
    *("listStoredCompletions", "listFiles", "listConversations", "listBatches"),
    *("listEvents", "listWebhookEndpoints"),
)
_GETS: Final = (
    *("getStoredCompletion", "getFile", "getConversation", "getBatch"),
    *("getEvent", "getWebhookEndpoint"),
)
_CHANGES: Final = ("updateStoredCompletion", "updateConversation", "updateWebhookEndpoint")
_DELETIONS: Final = ("deleteStoredCompletion", "deleteFile", "deleteConversation", "deleteWebhookEndpoint")
# Lists within a thing: what is wrong with them must not be remembered by the thing's path.
_PAGED: Final = (*_LISTS, "listConversationItems", "listWebhookDeliveries")
# Batches are listed in one order.
_ORDERED: Final = tuple(each for each in _PAGED if each != "listBatches")


class Shelf:
    """Documents by id, as they were last shown, ids of what was deleted, and the longest list that was shown."""

    def __init__(self) -> None:
        self.deleted: set[str] = set()
        self.documents: dict[str, dict[str, Any]] = {}
        self.longest: dict[str, Any] = {"data": []}

    def saw(self, answer: Answer) -> None:
        """Takes what a list shows."""
        data = answer.document["data"]
        self.documents |= {each["id"]: each for each in data}
        if len(data) >= len(self.longest["data"]):
            self.longest = answer.document


class Shelves(dict[str, Shelf]):
    """A shelf for each collection, by its path."""

    def of(self, request: Request) -> Shelf:
        """The one of the collection that a request is about."""
        path = request.path.rpartition("/")[0] if request.parameters else request.path
        return self.setdefault(path, Shelf())


def _id(request: Request) -> str:
    return next(iter(request.parameters.values()))


def _show(answer: Answer, data: list[dict[str, Any]]) -> None:
    """Puts other entries on a page."""
    edges = {"first_id": data[0]["id"] if data else None, "last_id": data[-1]["id"] if data else None}
    answer.document = {**answer.document, "data": data, **edges}


@on_json(at=_GETS, breaks=("kept.found",))
def makes_what_is_kept_younger(document: dict[str, Any]) -> None:
    """Shows a thing with another time than it was made at."""
    document["created" if "created" in document else "created_at"] += 1


@on_answer(at=_LISTS, breaks=("kept.listed",))
def lists_nothing_that_is_kept(answer: Answer) -> None:
    """Shows an empty list to those who want all."""
    asked = {name.partition("[")[0] for name in query_of(answer.request)}
    if answer.status == 200 and not {"model", "metadata", "purpose", "type"} & asked:
        _show(answer, [])
        answer.document = {**answer.document, "has_more": False}


@on_request(at=_CHANGES, breaks=("kept.changed",))
def keeps_no_labels(request: Request) -> None:
    """Takes other metadata and keeps none of it."""
    if isinstance(request.field("metadata"), dict):
        request.body["metadata"] = {}


@on_json(at=_DELETIONS, breaks=("kept.deletion",))
def does_not_say_that_it_deletes(document: dict[str, Any]) -> None:
    """Deletes, and answers `deleted: false`."""
    document["deleted"] = False


@on_answer(at=(*_GETS, *_DELETIONS), breaks=("kept.gone",), remembers=Shelves)
def shows_what_was_deleted(answer: Answer, memory: Shelves) -> None:
    """Goes on showing what was deleted to those who know its id."""
    shelf = memory.of(answer.request)
    id_ = _id(answer.request)
    if answer.request.method == "DELETE" and answer.status == 200:
        shelf.deleted.add(id_)
    elif answer.request.method == "GET" and answer.status == 200:
        shelf.documents[id_] = answer.document
    elif answer.request.method == "GET" and id_ in shelf.deleted & shelf.documents.keys():
        answer.status, answer.document = 200, shelf.documents[id_]


@on_answer(at=(*_LISTS, *_DELETIONS), breaks=("kept.unlisted",), remembers=Shelves)
def lists_what_was_deleted(answer: Answer, memory: Shelves) -> None:
    """Goes on listing what was deleted, at the end of a last page."""
    shelf = memory.of(answer.request)
    request = answer.request
    if answer.status == 200 and request.method == "DELETE":
        shelf.deleted.add(_id(request))
    elif answer.status == 200:
        shelf.saw(answer)
        if {"order"} == query_of(request).keys() - {"limit"} and not answer.document["has_more"]:
            gone = [shelf.documents[id_] for id_ in shelf.deleted & shelf.documents.keys()]
            _show(answer, [*answer.document["data"], *gone])


@on_answer(at=_CHANGES, breaks=("kept.unknown",))
def answers_400_to_changes_of_nothing(answer: Answer) -> None:
    """Answers 400 where what is to be changed is not there."""
    if answer.status == 404:
        answer.status = 400


@on_answer(at="cancelBatch", breaks=("kept.unknown",))
def cancels_what_is_not_there(answer: Answer) -> None:
    """Answers 400 where what is to be cancelled is not there."""
    if answer.status == 404:
        answer.status = 400


@on_answer(at=(*_LISTS, *_GETS, *_DELETIONS), breaks=("kept.tenant",), remembers=Shelves)
def shows_what_others_keep(answer: Answer, memory: Shelves) -> None:
    """Shows a thing to whoever knows its id."""
    shelf = memory.of(answer.request)
    if not answer.request.parameters:
        if answer.status == 200:
            shelf.saw(answer)
    elif answer.request.method == "DELETE":
        if answer.status == 200:
            shelf.documents.pop(_id(answer.request), None)
    elif answer.status == 404 and _id(answer.request) in shelf.documents:
        answer.status, answer.document = 200, shelf.documents[_id(answer.request)]


@on_request(at=("getFileContent", "listStoredMessages"), breaks=("kept.tenant", "batches.file-tenant"))
def keeps_what_belongs_to_a_thing_for_all(request: Request) -> None:
    """Asks for a key, and not for whose the thing is, where what belongs to it is wanted."""
    if key_of(request) in request.keys:
        request.headers["authorization"] = f"Bearer {request.keys[0]}"


@on_answer(at=_LISTS, breaks=("kept.tenant-list",), remembers=Shelves)
def lists_what_others_keep(answer: Answer, memory: Shelves) -> None:
    """Shows those who keep nothing what others keep."""
    shelf = memory.of(answer.request)
    if answer.status == 200 and not {"model", "purpose", "type", "after"} & query_of(answer.request).keys():
        shelf.saw(answer)
        if not answer.document["data"]:
            _show(answer, shelf.longest["data"])


@on_request(at=_PAGED, breaks=("lists.limit",), rows=("PAG-03",))
def ignores_the_limit_of_kept_things(request: Request) -> None:
    """Shows a hundred entries whatever the limit."""
    if "limit" in query_of(request):
        without(request, "limit", limit="100")


@on_answer(at=_ORDERED, breaks=("lists.whole",))
def skips_an_entry_between_pages(answer: Answer) -> None:
    """Leaves out the first entry of each page but the first."""
    if answer.status == 200 and {"after", "order"} <= query_of(answer.request).keys():
        _show(answer, answer.document["data"][1:])


@on_answer(at="listBatches", breaks=("lists.whole",))
def skips_a_batch_between_pages(answer: Answer) -> None:
    """Leaves out the first batch behind the one that `after` names."""
    if answer.status == 200 and "after" in query_of(answer.request):
        _show(answer, answer.document["data"][1:])


@on_request(at=_ORDERED, breaks=("lists.order",))
def lists_in_one_order_alone(request: Request) -> None:
    """Lists the oldest first, whatever is asked."""
    without(request, "order", order="asc")


@on_json(at=_PAGED, breaks=("lists.more",), rows=("PAG-02",))
def never_has_more_of_what_is_kept(document: dict[str, Any]) -> None:
    """Says of every page that it is the last."""
    document["has_more"] = False


@on_json(at=_PAGED, breaks=("lists.edges",))
def mistakes_the_end_of_a_page(document: dict[str, Any]) -> None:
    """Names the first entry of a page as its last."""
    document["last_id"] = document["first_id"]


@on_answer(at=_LISTS, breaks=("lists.unknown",), remembers=Shelves)
def begins_again_behind_nobody(answer: Answer, memory: Shelves) -> None:
    """Shows a list from its beginning where `after` is nobody's id."""
    shelf = memory.of(answer.request)
    if answer.status == 200:
        shelf.saw(answer)
    elif answer.status == 400 and answer.error.get("param") == "after" and shelf.longest["data"]:
        answer.status, answer.document = 200, shelf.longest
