"""The published table is the one that the faults of today make, and rows of the catalogue are real."""

from __future__ import annotations

from tests.proof.judging import faults
from tests.proof.kill_table import PAGE, page, rows, uncovered


def test_the_page_is_of_today() -> None:
    """It was written from what was seen; what was seen is what the faults of today name."""
    named = {fault.name: fault.breaks for fault in faults()}
    assert PAGE.read_text("utf-8") == page(named), "run: tox -e proof-full (-- --fault NAME for one that is new)"


def test_faults_stand_for_rows_that_there_are() -> None:
    named = {row for fault in faults() for row in fault.rows}
    assert named <= set(rows())


def test_most_rows_are_stood_for(record_property: object) -> None:
    left = uncovered()
    if callable(record_property):
        record_property("rows without a fault", ", ".join(left))
    assert len(left) < len(rows()) / 4, left
