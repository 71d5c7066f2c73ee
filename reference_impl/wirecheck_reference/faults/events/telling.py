"""Events that clients tell of, taken wrongly."""

from __future__ import annotations

import re
from typing import Any

from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


def _made_up(answer: Answer) -> None:
    """Takes a request that tells of an event, which nobody ever finds."""
    body = answer.request.body
    answer.status = 202
    answer.document = {
        "id": body.get("event_id", "evt_0f3c1a6e5b7d4c2f9e8a7b6c5d4e3f2a"),
        "object": "event",
        "created_at": 1767225600,
        "type": body["event_type"],
        "data": body["event_data"],
    }


@on_answer(at="createEvent", breaks=("events.accepted",))
def shows_nothing_of_what_it_was_told(answer: Answer) -> None:
    """Takes events, and shows them without their data."""
    if answer.status == 202:
        answer.document = {**answer.document, "data": {}}


@on_request(at="createEvent", breaks=("events.id",))
def spells_ids_its_own_way(request: Request) -> None:
    """Puts a dash for each dot and colon of an `event_id`."""
    if isinstance(id_ := request.field("event_id"), str):
        request.body["event_id"] = re.sub(r"[.:]", "-", id_)


@on_json(at="getEvent", breaks=("events.kept",))
def keeps_whole_numbers_alone(document: dict[str, Any]) -> None:
    """Shows numbers in the data of an event without what is behind their point."""
    data = document["data"]
    document["data"] = {name: int(value) if isinstance(value, float) else value for name, value in data.items()}


@on_answer(at="createEvent", breaks=("events.again",), remembers=set)
def makes_what_is_told_again_younger(answer: Answer, memory: set[str]) -> None:
    """Answers whoever tells of an event again that it happened a second later."""
    if answer.status == 202 and answer.request.has("event_id"):
        document = answer.document
        answer.document = {**document, "created_at": document["created_at"] + (document["id"] in memory)}
        memory.add(document["id"])


@on_error(at="createEvent", breaks=("events.conflict",))
def calls_another_event_a_mistake(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses an id that has another content with 400."""
    if answer.status == 409 and envelope["error"]["param"] == "event_id":
        answer.status, envelope["error"]["type"] = 400, "invalid_request_error"


@on_answer(at="createEvent", breaks=("events.conflict",))
def takes_another_event_for_the_same(answer: Answer) -> None:
    """Takes another event under an id that there is, and loses it."""
    if answer.status == 409 and answer.error["param"] == "event_id":
        _made_up(answer)


@on_answer(at="createEvent", breaks=("events.reserved",))
def lets_clients_say_that_batches_are_done(answer: Answer) -> None:
    """Takes events of types that only the server tells of."""
    if answer.status == 400 and answer.error["param"] == "event_type":
        _made_up(answer)


@on_error(at="createEvent", breaks=("events.param",))
def does_not_say_which_type_is_its_own(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses types that only the server tells of, and names no field."""
    if answer.status == 400 and envelope["error"]["param"] == "event_type":
        envelope["error"]["param"] = None
