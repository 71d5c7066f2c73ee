"""Batches that are begun and told wrongly."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.batches.reading import made_up
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer


def _lacks_file(answer: Answer, word: str) -> bool:
    error = answer.error
    return answer.status == 400 and error.get("param") == "input_file_id" and word in error["message"]


@on_answer(at="createBatch", breaks=("batches.create",))
def wants_labels(answer: Answer) -> None:
    """Refuses batches without metadata."""
    if answer.status == 200 and not answer.request.has("metadata"):
        answer.status = 400
        answer.document = ApiError(400, "invalid_value", "metadata is missing.", param="metadata").document()


@on_json(at="createBatch", breaks=("batches.shape",), rows=("BAT-09",))
def begins_batches_without_a_window(document: dict[str, Any]) -> None:
    """Leaves `completion_window` out of a batch that is new."""
    del document["completion_window"]


@on_json(at="listBatches", breaks=("batches.shape",), rows=("BAT-09",))
def lists_batches_without_their_files(document: dict[str, Any]) -> None:
    """Leaves `input_file_id` out of the batches of a list."""
    for each in document["data"]:
        del each["input_file_id"]


@on_json(at="getBatch", breaks=("batches.fields",))
def tells_expiries_as_text(document: dict[str, Any]) -> None:
    """Tells as text when a batch expires."""
    document["expires_at"] = str(document["expires_at"])


@on_json(at="listBatches", breaks=("batches.list-shape",))
def lists_batches_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of batches."""
    del document["object"]


@on_json(at="getBatch", breaks=("batches.as-asked",))
def tells_its_own_window(document: dict[str, Any]) -> None:
    """Tells of every batch that is fetched a window of its own."""
    document["completion_window"] = "1d"


@on_answer(at="createBatch", breaks=("batches.unknown-file",))
def takes_batches_of_no_file(answer: Answer) -> None:
    """Takes batches of files that there are not."""
    if _lacks_file(answer, "There is no"):
        made_up(answer)


@on_answer(at="createBatch", breaks=("batches.purpose",), rows=("BAT-02",))
def takes_batches_of_any_file(answer: Answer) -> None:
    """Takes batches of files for any purpose."""
    if _lacks_file(answer, "The purpose"):
        made_up(answer)


@on_answer(at="createBatch", breaks=("validation.refused-rest",), rows=("BAT-04",))
def counts_no_labels(answer: Answer) -> None:
    """Takes batches with any number of labels, and keeps the first of them."""
    metadata = answer.request.field("metadata")
    if answer.status == 422 and isinstance(metadata, dict) and len(metadata) > 16:
        made_up(answer)
        answer.document = {**answer.document, "metadata": dict(list(metadata.items())[:16])}


@on_answer(at="createBatch", breaks=("validation.refused-rest",), rows=("BAT-05",))
def drops_labels_that_are_none(answer: Answer) -> None:
    """Takes batches whose metadata are a text, and loses that."""
    if answer.status == 422 and isinstance(answer.request.field("metadata"), str):
        made_up(answer)
        answer.document = {**answer.document, "metadata": None}
