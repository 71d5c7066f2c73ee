"""Uploads gone wrong: fields that are not read, and forms that are taken though something is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import on_answer, on_error
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.ids import new_id

_PURPOSE: Final = "purpose"
_FILE: Final = "file"
_SECONDS: Final = "expires_after[seconds]"
_ANCHOR: Final = "expires_after[anchor]"


def _names(request: Request) -> list[str]:
    return [name for name, _ in request.form]


def _value(request: Request, name: str) -> str:
    return next((value.decode("utf-8", "replace") for each, value in request.form if each == name), "")


def _refuse(answer: Answer, param: str) -> None:
    answer.status = 422
    answer.document = ApiError(422, "validation_error", f"{param}: Field required.", param=param).document()


def _take(answer: Answer) -> None:
    """Takes the upload, whatever was wrong with it."""
    answer.status = 200
    answer.document = {
        "id": new_id("file-"),
        "object": _FILE,
        "bytes": len(dict(answer.request.form).get(_FILE, b"")),
        "created_at": 1767225600,
        "filename": "a",
        _PURPOSE: _value(answer.request, _PURPOSE) or "user_data",
    }


def _lacks(name: str) -> Callable[[Answer], bool]:
    return lambda answer: answer.status == 422 and bool(answer.request.form) and name not in _names(answer.request)


@on_answer(at="createFile", breaks=("files.upload",), rows=("FIL-06",))
def reads_the_purpose_from_the_query(answer: Answer) -> None:
    """Looks for the purpose of an upload in the query, and not in the form."""
    if answer.status == 200 and _PURPOSE not in parse_qs(answer.request.query.decode()):
        _refuse(answer, _PURPOSE)


@on_answer(at="createFile", breaks=("files.field-order",))
def reads_no_field_behind_the_file(answer: Answer) -> None:
    """Stops to read a form at its file: what belongs to it and stands behind it is lost."""
    names = _names(answer.request)
    if answer.status == 200 and names.index(_PURPOSE) > names.index(_FILE):
        _refuse(answer, _PURPOSE)


@on_answer(at="createFile", breaks=("files.field-order",))
def has_a_purpose_of_its_own_for_what_comes_late(answer: Answer) -> None:
    """Takes a file whose purpose stands behind it for fine-tuning."""
    names = _names(answer.request)
    if answer.status == 200 and names.index(_PURPOSE) > names.index(_FILE):
        answer.document = {**answer.document, _PURPOSE: "fine-tune"}


@on_answer(at="createFile", breaks=("files.missing",))
def needs_no_purpose(answer: Answer) -> None:
    """Takes uploads without a purpose."""
    if _lacks(_PURPOSE)(answer) and _FILE in _names(answer.request):
        _take(answer)


@on_answer(at="createFile", breaks=("files.missing",))
def needs_no_file(answer: Answer) -> None:
    """Takes uploads without a file, and keeps an empty one."""
    if _lacks(_FILE)(answer):
        _take(answer)


@on_answer(at="createFile", breaks=("files.unknown-purpose",))
def takes_any_purpose(answer: Answer) -> None:
    """Takes uploads for purposes that it has never heard of."""
    if answer.status == 422 and answer.error.get("param") == _PURPOSE and _value(answer.request, _PURPOSE):
        _take(answer)


@on_error(at="createFile", breaks=("files.param",))
def does_not_say_what_a_form_lacks(envelope: dict[str, Any], _: Answer) -> None:
    """Names no field where it refuses an upload."""
    envelope["error"]["param"] = None


@on_answer(at="createFile", breaks=("files.expires",))
def counts_seconds_as_minutes(answer: Answer) -> None:
    """Takes the seconds after which a file expires for minutes."""
    seconds = _value(answer.request, _SECONDS)
    if answer.status == 200 and seconds.isdigit():
        made = answer.document["created_at"]
        answer.document = {**answer.document, "expires_at": made + 60 * int(seconds)}


@on_answer(at="createFile", breaks=("files.expires",))
def says_seconds_in_place_of_a_time(answer: Answer) -> None:
    """Tells the seconds after which a file expires as the time at which it does."""
    seconds = _value(answer.request, _SECONDS)
    if answer.status == 200 and seconds.isdigit():
        answer.document = {**answer.document, "expires_at": int(seconds)}


@on_answer(at="createFile", breaks=("files.expires-obeyed",))
def keeps_for_ever_what_was_to_expire(answer: Answer) -> None:
    """Takes `expires_after` and does not look at it."""
    if answer.status == 200 and _value(answer.request, _SECONDS):
        answer.document = {**answer.document, "expires_at": None}


@on_answer(at="createFile", breaks=("files.expires-obeyed",))
def loses_an_expiry_behind_the_file(answer: Answer) -> None:
    """Reads `expires_after` only where it stands before the file."""
    names = _names(answer.request)
    if answer.status == 200 and _SECONDS in names and names.index(_SECONDS) > names.index(_FILE):
        answer.document = {**answer.document, "expires_at": None}


@on_answer(at="createFile", breaks=("files.expires-refused",))
def takes_any_expiry(answer: Answer) -> None:
    """Takes an expiry that is out of its range or lacks its seconds, and keeps the file for ever."""
    if answer.status == 422 and answer.error.get("param") in (_ANCHOR, _SECONDS):
        _take(answer)
