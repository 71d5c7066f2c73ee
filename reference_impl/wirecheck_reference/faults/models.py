"""The list of models gone wrong, and single models."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.fault import on_answer, on_headers
from wirecheck_reference.faults.parts import Answer

_LIST: Final = "/v1/models"
_ONE: Final = "/v1/models/echo"
_whole: list[Any] = []


def _good(answer: Answer, path: str) -> bool:
    return answer.status == 200 and answer.asked.path == path


def _not_found(answer: Answer) -> None:
    answer.status = 404
    answer.document = ApiError(404, "model_not_found", "There is no such model.", param="model").document()


@on_answer(breaks=("models.list",), rows=("MOD-03",))
def redirects_to_a_slash(answer: Answer) -> None:
    """Sends those who ask for the list on to `/v1/models/`."""
    if _good(answer, _LIST):
        answer.status, answer.body, answer.headers["location"] = 307, b"", "/v1/models/"
        del answer.headers["content-type"]


@on_answer(breaks=("models.list-shape",), rows=("MOD-01",))
def lists_without_object(answer: Answer) -> None:
    """Leaves `object` out of the list."""
    if _good(answer, _LIST):
        answer.document = {name: value for name, value in answer.document.items() if name != "object"}


@on_answer(breaks=("models.not-empty",))
def lists_nothing(answer: Answer) -> None:
    """Has models and lists none."""
    if _good(answer, _LIST):
        answer.document = {"object": "list", "data": []}


@on_answer(breaks=("models.listed",))
def hides_its_model(answer: Answer) -> None:
    """Leaves the model that chat takes out of the list."""
    if _good(answer, _LIST):
        answer.document = {"object": "list", "data": [each for each in answer.document["data"] if each["id"] != "echo"]}


@on_answer(breaks=("models.fields",))
def counts_its_window_in_words(answer: Answer) -> None:
    """Tells the context window of a model with a slash as text."""
    if _good(answer, f"{_LIST}/wirecheck/echo"):
        answer.document = {**answer.document, "context_window": "8k"}


@on_answer(breaks=("models.unique",))
def lists_a_model_twice(answer: Answer) -> None:
    """Has its first model in the list twice."""
    document = answer.document
    if _good(answer, _LIST) and len(document["data"]) > 1:
        document["data"].append(document["data"][0])
        answer.document = document


@on_answer(breaks=("models.get",))
def does_not_know_its_own_model(answer: Answer) -> None:
    """Answers chats of a model that it says it does not have."""
    if _good(answer, _ONE):
        _not_found(answer)


@on_answer(breaks=("models.get-shape",))
def shows_a_model_without_object(answer: Answer) -> None:
    """Leaves `object` out of a single model."""
    if _good(answer, _ONE):
        answer.document = {name: value for name, value in answer.document.items() if name != "object"}


@on_answer(breaks=("models.get-shape",))
def forgets_how_old_a_model_is(answer: Answer) -> None:
    """Leaves `created` out of a model with a slash in its id."""
    if _good(answer, f"{_LIST}/wirecheck/echo"):
        answer.document = {name: value for name, value in answer.document.items() if name != "created"}


@on_answer(breaks=("models.get-id",))
def shows_another_model(answer: Answer) -> None:
    """Shows a model under another id than the one asked for."""
    if _good(answer, _ONE):
        answer.document = {**answer.document, "id": "echo-2026-08-06"}


@on_answer(breaks=("models.unknown",))
def knows_every_model(answer: Answer) -> None:
    """Shows a model of any name."""
    name = answer.asked.path.removeprefix(f"{_LIST}/")
    if answer.status == 404 and name != answer.asked.path:
        answer.status = 200
        answer.document = {"id": name, "object": "model", "created": 1, "owned_by": "wirecheck"}


@on_answer(breaks=("models.slash",))
def trips_over_a_slash(answer: Answer) -> None:
    """Does not find models with a slash in their ids."""
    if answer.status == 200 and answer.asked.path.count("/") > _ONE.count("/"):
        _not_found(answer)


@on_answer(breaks=("models.limit",), rows=("PAG-03",))
def ignores_the_limit(answer: Answer) -> None:
    """Sends the whole list whatever the limit of a page, and says that there is more."""
    if _good(answer, _LIST):
        more = answer.document["has_more"]
        _whole[:] = [max(answer.document, *_whole, key=lambda each: len(each["data"]))] if _whole else [answer.document]
        answer.document = {**_whole[0], "has_more": more}


@on_answer(breaks=("models.pages",), rows=("PAG-02",))
def never_has_more(answer: Answer) -> None:
    """Says of every page that it is the last."""
    if _good(answer, _LIST):
        answer.document = {**answer.document, "has_more": False}


@on_headers(breaks=("models.total",))
def does_not_count_its_models(answer: Answer) -> None:
    """Sends pages without `X-Total-Count`."""
    answer.headers.pop("x-total-count", None)
