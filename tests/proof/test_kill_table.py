"""The published table names what there is today, and rows of the catalogue are real.

What it tells was seen by `tox -e proof-full`: a change of requirements, faults or what they break calls for that again.
"""

from __future__ import annotations

from tests.proof.judging import faults
from tests.proof.kill_table import PAGE, page, present, rows, uncovered


def test_the_page_is_of_today() -> None:
    today = page({fault.name: fault.breaks for fault in faults()})
    assert PAGE.read_text("utf-8") == today, "run: tox -e proof-full"


def test_faults_stand_for_rows_that_there_are() -> None:
    named = {row for fault in faults() for row in fault.rows}
    assert named <= set(rows())


def test_most_rows_are_stood_for(record_property: object) -> None:
    left = uncovered()
    if callable(record_property):
        record_property("rows without a fault", ", ".join(left))
    assert len(left) < len(present()) / 4, left
