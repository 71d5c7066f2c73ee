"""Batches: begun, listed, looked at, cancelled; they go on by themselves."""

from __future__ import annotations

from typing import Any

from wirecheck.area import Area, Claim, Feature, Setting, Sweeping, Work
from wirecheck.areas.batches.asking import MADE, file_path
from wirecheck.areas.batches.probes import has_batches
from wirecheck.areas.batches.reading import OVER
from wirecheck.evidence.exchange import Exchange

_SHOWN = ("createBatch", "getBatch", "cancelBatch")
_OWN = r"(id|object|endpoint|input_file_id|completion_window|status|created_at)(\..*)?"


def _without_file(body: Any) -> Any:
    """A request without its input file: one that was made up is refused, however well it keeps the schema."""
    return {name: value for name, value in body.items() if name != "input_file_id"} if isinstance(body, dict) else body


def work_of(answer: Exchange) -> Work | None:
    """What an answer tells of a batch; None where it shows none."""
    if answer.status != 200 or answer.operation is None or answer.operation.id not in _SHOWN:
        return None
    made = (file_path(answer, field) for field in MADE)
    return Work(answer.at("status") in OVER, tuple(path for path in made if path is not None))


AREA = Area(
    "batches",
    features=(Feature("batches", "requests in files, answered as time allows", has_batches),),
    claims=(
        Claim("Batch", rf"|{_OWN}", "batch"),
        Claim("Batch", r".*", "more of a batch"),
        Claim("BatchList", rf"data\.\d+(\.{_OWN})?", "batch"),
        Claim("BatchList", r"data\.\d+\..*", "more of a batch"),
        Claim("BatchList", r".*", "batch list"),
    ),
    settings=(Setting("batch_seconds", "count", "seconds that a batch may take to be over; 60 where left out"),),
    sweeping=(Sweeping("createBatch", plain=_without_file),),
    works=work_of,
)
