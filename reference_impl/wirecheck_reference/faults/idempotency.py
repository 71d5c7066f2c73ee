"""Requests that are sent again gone wrong."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_headers, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_CREATIONS: Final = (
    *("createFile", "createChatCompletion", "createBatch"),
    *("createConversation", "createConversationItems"),
    *("createEvent", "createWebhookEndpoint", "redeliverWebhookDelivery"),
)
_KEY: Final = "idempotency-key"
_MARK: Final = "idempotent-replayed"


class Keys:
    """What came first with each key of each caller at each path, and which caller was the first with a key."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str, str], Any] = {}
        self.callers: dict[str, str] = {}


def _said(request: Request) -> Any:
    """What a request says. A form with another boundary is another one."""
    return (request.headers.get("content-type"), request.form or request.body)


def _caller(request: Request) -> str:
    return request.headers.get("authorization", "")


def _forget_key(request: Request) -> None:
    """Does as if the request had no key."""
    del request.headers[_KEY]


@on_request(
    at=_CREATIONS,
    breaks=("idempotency.replay", "idempotency.at-once"),
    rows=("BAT-14", "HTTP-06"),
    remembers=Keys,
)
def makes_again_what_is_asked_again(request: Request, memory: Keys) -> None:
    """Makes a thing anew for whoever sends the same request with the same key."""
    if (key := request.headers.get(_KEY)) is None:
        return
    place = (request.path, _caller(request), key)
    if place in memory.said and memory.said[place] == _said(request):
        _forget_key(request)
    memory.said.setdefault(place, _said(request))


@on_answer(at=_CREATIONS, breaks=("idempotency.replay",), rows=("HTTP-06",))
def answers_again_with_another_time(answer: Answer) -> None:
    """Gives an answer again with the time of another one."""
    if _MARK in answer.headers and answer.status in (200, 202):
        name = "created" if "created" in answer.document else "created_at"
        answer.document = {**answer.document, name: answer.document[name] + 1}


@on_error(at=_CREATIONS, breaks=("idempotency.at-once",))
def calls_what_is_under_way_a_mistake(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses with 400 what is under way already."""
    if answer.status == 409 and envelope["error"]["code"] == "idempotency_key_in_use":
        answer.status, envelope["error"]["type"] = 400, "invalid_request_error"


@on_request(at=_CREATIONS, breaks=("idempotency.other-body",), remembers=Keys)
def takes_another_body_with_a_key(request: Request, memory: Keys) -> None:
    """Makes a thing for a key that came with another body."""
    if (key := request.headers.get(_KEY)) is None:
        return
    place = (request.path, _caller(request), key)
    if memory.said.setdefault(place, _said(request)) != _said(request):
        _forget_key(request)


@on_error(at=_CREATIONS, breaks=("idempotency.other-status",))
def calls_another_body_a_mistake(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses a key that came with another body with 400."""
    if envelope["error"]["code"] == "idempotency_key_reused":
        answer.status = 400


@on_error(at=_CREATIONS, breaks=("idempotency.other-status",))
def has_no_code_for_a_used_key(envelope: dict[str, Any], _: Answer) -> None:
    """Refuses a key that came with another body without a code."""
    if envelope["error"]["code"] == "idempotency_key_reused":
        envelope["error"]["code"] = None


@on_headers(at=_CREATIONS, breaks=("idempotency.marked",))
def does_not_say_that_it_answers_again(answer: Answer) -> None:
    """Leaves `Idempotent-Replayed` out."""
    answer.headers.pop(_MARK, None)


@on_request(at=_CREATIONS, breaks=("idempotency.tenant",), remembers=Keys)
def takes_the_key_for_the_caller(request: Request, memory: Keys) -> None:
    """Gives whoever knows the key of another what that made."""
    if (key := request.headers.get(_KEY)) is not None:
        request.headers["authorization"] = memory.callers.setdefault(key, _caller(request))


@on_request(at=_CREATIONS, breaks=("idempotency.long",))
def takes_keys_of_any_length(request: Request) -> None:
    """Takes a long key for none."""
    if len(request.headers.get(_KEY, "")) > 255:
        _forget_key(request)
