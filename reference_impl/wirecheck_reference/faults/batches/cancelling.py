"""Batches that are cancelled, and what goes wrong with that."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.batches.reading import ends
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer


@on_json(at="cancelBatch", breaks=("batches.cancel",))
def goes_on_as_if_nothing_was(document: dict[str, Any]) -> None:
    """Says of a batch that is cancelled that it goes on."""
    document["status"] = "in_progress"


@on_answer(at="cancelBatch", breaks=("batches.cancel",))
def forbids_to_cancel(answer: Answer) -> None:
    """Cancels a batch, and says that it cannot."""
    if answer.status == 200:
        answer.status, answer.document = 409, ApiError(409, "conflict", "It cannot be cancelled.").document()


@on_answer(at="cancelBatch", breaks=("batches.cancel-again",), rows=("BAT-06",), remembers=set)
def cancels_once_alone(answer: Answer, memory: set[str]) -> None:
    """Answers 400 to whoever cancels a batch again."""
    id_ = answer.request.parameters["batch_id"]
    if answer.status == 200 and id_ in memory:
        answer.status = 400
        answer.document = ApiError(400, "invalid_value", "The batch is cancelling.").document()
    memory.add(id_)


@on_json(at="getBatch", breaks=("batches.cancelled",))
def completes_what_was_cancelled(document: dict[str, Any]) -> None:
    """Says of a batch that was cancelled that it is completed."""
    if document["status"] == "cancelled":
        ends(document, "completed")


@on_json(at="getBatch", breaks=("batches.cancel-keeps",))
def throws_away_what_was_done(document: dict[str, Any]) -> None:
    """Has no output file where a batch was cancelled."""
    if document["status"] == "cancelled":
        document["output_file_id"] = None


@on_answer(at=("getBatch", "cancelBatch"), breaks=("batches.cancel-over",), remembers=set)
def cancels_what_is_over(answer: Answer, memory: set[str]) -> None:
    """Shows a batch that was completed as cancelled, once somebody has cancelled it."""
    if answer.request.method == "POST":
        memory.add(answer.request.parameters["batch_id"])
    elif answer.status == 200 and answer.document["id"] in memory and answer.document["status"] == "completed":
        document = answer.document
        ends(document, "cancelled")
        answer.document = document
