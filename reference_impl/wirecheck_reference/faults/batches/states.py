"""States and times of batches gone wrong."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wirecheck_reference.faults.batches.reading import ends, is_over
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer


@on_answer(at="getBatch", breaks=("batches.forward",), remembers=Counter)
def begins_again_with_its_lines(answer: Answer, memory: Counter[str]) -> None:
    """Shows a batch as `finalizing` first, then as `in_progress`, and only then as it is."""
    if answer.status == 200 and answer.document["status"] in ("completed", "in_progress", "validating"):
        memory[answer.document["id"]] += 1
        looks = memory[answer.document["id"]]
        if looks <= 2:
            answer.document = {**answer.document, "status": "finalizing" if looks == 1 else "in_progress"}


@on_json(at="getBatch", breaks=("batches.completed",))
def fails_for_one_line(document: dict[str, Any]) -> None:
    """Says of a batch that it failed where one of its lines did."""
    if document["status"] == "completed" and document["request_counts"]["failed"]:
        ends(document, "failed")


@on_answer(at="getBatch", breaks=("batches.stays",), remembers=Counter)
def ends_once_more(answer: Answer, memory: Counter[str]) -> None:
    """Tells of a batch that is completed a later time from the second look on."""
    if answer.status == 200 and answer.document["status"] == "completed":
        document = answer.document
        memory[document["id"]] += 1
        answer.document = {**document, "completed_at": document["completed_at"] + (memory[document["id"]] > 1)}


@on_json(at="getBatch", breaks=("batches.times",))
def does_not_tell_when_it_was_completed(document: dict[str, Any]) -> None:
    """Tells of no batch when it was completed."""
    document["completed_at"] = None


@on_json(at="getBatch", breaks=("batches.time-order",))
def tells_times_by_two_clocks(document: dict[str, Any]) -> None:
    """Tells by a clock that is an hour late when a batch was over."""
    if is_over(document):
        name = f"{document['status']}_at"
        document[name] -= 3600
