"""Lists of events gone wrong, and what the server itself tells of."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.faults.kinds.queries import query_of, without


def _narrowed(answer: Answer) -> bool:
    """Whether an answer is a list of some types."""
    return answer.request.path == "/v1/events" and answer.status == 200 and "type" in query_of(answer.request)


def _show(answer: Answer, data: list[dict[str, Any]]) -> None:
    """Puts other entries on a page."""
    edges = {"first_id": data[0]["id"] if data else None, "last_id": data[-1]["id"] if data else None}
    answer.document = {**answer.document, "data": data, **edges}


@on_json(at="listEvents", breaks=("events.shape",))
def lists_events_without_their_time(document: dict[str, Any]) -> None:
    """Leaves `created_at` out of the events of a list."""
    for each in document["data"]:
        del each["created_at"]


@on_json(at="listEvents", breaks=("events.list-shape",))
def lists_events_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of events."""
    del document["object"]


@on_request(at="listEvents", breaks=("events.types",))
def lists_events_of_every_type(request: Request) -> None:
    """Lists all events, whatever type is asked for."""
    without(request, "type")


@on_answer(at=("createEvent", "listEvents"), breaks=("events.once",), remembers=Counter)
def lists_what_is_told_twice_twice(answer: Answer, memory: Counter[str]) -> None:
    """Lists an event of a type that is asked for as often as it was told of."""
    if answer.status == 202:
        memory[answer.document["id"]] += 1
    elif _narrowed(answer):
        _show(answer, [each for each in answer.document["data"] for _ in range(max(1, memory[each["id"]]))])


@on_answer(at="listEvents", breaks=("events.batch",))
def tells_of_no_batch(answer: Answer) -> None:
    """Tells of no batch that is over."""
    if _narrowed(answer):
        _show(answer, [each for each in answer.document["data"] if not each["type"].startswith("batch.")])


@on_answer(at="listEvents", breaks=("events.file",))
def tells_of_no_deletion(answer: Answer) -> None:
    """Tells of files that are made, and of none that is deleted."""
    if _narrowed(answer):
        _show(answer, [each for each in answer.document["data"] if each["type"] != "file.deleted"])


@on_answer(at="listEvents", breaks=("events.told-once",))
def tells_of_files_twice(answer: Answer) -> None:
    """Tells of each file that is made by two events."""
    if _narrowed(answer):
        data = answer.document["data"]
        more = [{**each, "id": f"{each['id']}_again"} for each in data if each["type"] == "file.created"]
        _show(answer, [*data, *more])


@on_answer(at=("deleteFile", "listEvents"), breaks=("events.refused",), remembers=list)
def tells_of_what_it_refused(answer: Answer, memory: list[str]) -> None:
    """Tells of the deletion of files that there are not."""
    if answer.status == 404:
        memory.append(answer.request.parameters["file_id"])
    elif _narrowed(answer):
        told = {"object": "event", "created_at": 1767225600, "type": "file.deleted"}
        more = [{"id": f"evt_{id_}", **told, "data": {"id": id_}} for id_ in memory]
        _show(answer, [*answer.document["data"], *more])
