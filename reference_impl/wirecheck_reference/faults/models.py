"""The list of models gone wrong, and single models."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import on_answer, on_headers, on_json
from wirecheck_reference.faults.kinds.parts import Answer


def _is_plain(answer: Answer) -> bool:
    """Whether a model was found whose id has no slash."""
    return answer.status == 200 and not _has_slash(answer)


def _has_slash(answer: Answer) -> bool:
    return "/" in answer.request.parameters["model"]


def _lose(answer: Answer) -> None:
    """Says that there is no such model."""
    answer.status = 404
    answer.document = ApiError(404, "model_not_found", "There is no such model.", param="model").document()


class Longest:
    """The longest list that was sent."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = {"data": []}


@on_answer(at="listModels", breaks=("models.list",), rows=("MOD-03",))
def redirects_to_a_slash(answer: Answer) -> None:
    """Sends those who ask for the list on to `/v1/models/`."""
    if answer.status == 200:
        answer.status, answer.body, answer.headers["location"] = 307, b"", "/v1/models/"
        del answer.headers["content-type"]


@on_json(at="listModels", breaks=("models.list-shape",), rows=("MOD-01",))
def lists_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list."""
    del document["object"]


@on_json(at="listModels", breaks=("models.not-empty",))
def lists_nothing(_: dict[str, Any]) -> dict[str, Any]:
    """Has models and lists none."""
    return {"object": "list", "data": []}


@on_json(at="listModels", breaks=("models.listed",))
def hides_its_model(document: dict[str, Any]) -> dict[str, Any]:
    """Leaves the model that chat takes out of the list."""
    return {"object": "list", "data": [each for each in document["data"] if each["id"] != "echo"]}


@on_answer(at="getModel", breaks=("models.fields",))
def counts_its_window_in_words(answer: Answer) -> None:
    """Tells the context window of a model with a slash as text."""
    if answer.status == 200 and _has_slash(answer):
        answer.document = {**answer.document, "context_window": "8k"}


@on_json(at="listModels", breaks=("models.unique",))
def lists_a_model_twice(document: dict[str, Any]) -> None:
    """Has its first model in the list twice."""
    if len(document["data"]) > 1:
        document["data"].append(document["data"][0])


@on_answer(at="getModel", breaks=("models.get",))
def does_not_know_its_own_model(answer: Answer) -> None:
    """Answers chats of a model that it says it does not have, unless there is a slash in its id."""
    if _is_plain(answer):
        _lose(answer)


@on_answer(at="getModel", breaks=("models.get-shape",))
def shows_a_model_without_object(answer: Answer) -> None:
    """Leaves `object` out of a single model."""
    if _is_plain(answer):
        answer.document = {name: value for name, value in answer.document.items() if name != "object"}


@on_answer(at="getModel", breaks=("models.get-shape",))
def forgets_how_old_a_model_is(answer: Answer) -> None:
    """Leaves `created` out of a model with a slash in its id."""
    if answer.status == 200 and _has_slash(answer):
        answer.document = {name: value for name, value in answer.document.items() if name != "created"}


@on_answer(at="getModel", breaks=("models.get-id",))
def shows_another_model(answer: Answer) -> None:
    """Shows a model under another id than the one asked for, unless there is a slash in it."""
    if _is_plain(answer):
        answer.document = {**answer.document, "id": f"{answer.document['id']}-2026-08-06"}


@on_answer(at="getModel", breaks=("models.unknown",))
def knows_every_model(answer: Answer) -> None:
    """Shows a model of any name."""
    if answer.status == 404:
        answer.status = 200
        name = answer.request.parameters["model"]
        answer.document = {"id": name, "object": "model", "created": 1, "owned_by": "wirecheck"}


@on_answer(at="getModel", breaks=("models.slash",))
def trips_over_a_slash(answer: Answer) -> None:
    """Does not find models with a slash in their ids."""
    if answer.status == 200 and _has_slash(answer):
        _lose(answer)


@on_answer(at=("listModels", "getModel"), breaks=("models.condition",))
def has_shown_everybody_everything(answer: Answer) -> None:
    """Answers 304 to whoever names a tag, whichever it is."""
    if answer.status == 200 and "if-none-match" in answer.request.headers:
        answer.status, answer.body = 304, b""


@on_answer(at="getModel", breaks=("models.condition",))
def takes_a_known_model_for_a_conflict(answer: Answer) -> None:
    """Answers 412 to whoever has the model already."""
    if answer.status == 304:
        answer.status = 412
        answer.document = ApiError(412, "precondition_failed", "You have it.").document()


@on_answer(at="listModels", breaks=("models.limit",), rows=("PAG-03",), remembers=Longest)
def ignores_the_limit(answer: Answer, memory: Longest) -> None:
    """Sends the whole list whatever the limit of a page, and says that there is more."""
    if answer.status == 200:
        more = answer.document["has_more"]
        memory.document = max(memory.document, answer.document, key=lambda each: len(each["data"]))
        answer.document = {**memory.document, "has_more": more}


@on_json(at="listModels", breaks=("models.pages",), rows=("PAG-02",))
def never_has_more(document: dict[str, Any]) -> None:
    """Says of every page that it is the last."""
    document["has_more"] = False


@on_headers(at="listModels", breaks=("models.total",))
def does_not_count_its_models(answer: Answer) -> None:
    """Sends pages without `X-Total-Count`."""
    answer.headers.pop("x-total-count", None)
