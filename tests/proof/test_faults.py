"""Each fault fails exactly what it names, and the reference server fails nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from wirecheck.judging.requirement import requirements

from tests.proof.judging import Fault, failed, faults, judge

# Known to be caught: were it not, the other tests would prove nothing.
CONTROL = "never-says-done"


@pytest.fixture(scope="session", autouse=True)
def control(tmp_path_factory: pytest.TempPathFactory) -> None:
    """In every run, whatever is chosen of it, the control fault is caught."""
    judgement, _ = judge(tmp_path_factory.mktemp("control"), CONTROL, "quick")
    assert set(failed(judgement)) == {"stream.done"}
    assert judgement.verdict == "violates"


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_fails_exactly_what_it_names(fault: Fault, tmp_path: Path) -> None:
    found = failed(judge(tmp_path, fault.name, "quick")[0])
    if not fault.breaks <= set(found):  # seen only by what a longer run asks
        found = failed(judge(tmp_path, fault.name, "default")[0])
    assert set(found) == fault.breaks, "\n".join(f"{id_}: {said[:300]}" for id_, said in found.items())


def test_the_reference_server_fails_nothing(tmp_path: Path) -> None:
    judgement, _ = judge(tmp_path, None, "default")
    assert failed(judgement) == {}
    assert judgement.verdict == "conforms"
    unseen = [each.requirement.id for each in judgement.results if each.outcome != "passed"]
    assert unseen == [], "a requirement that the reference server is not seen to pass"
    assert judgement.cost.requests <= 1500


def test_a_quick_run_is_short(tmp_path: Path) -> None:
    judgement, _ = judge(tmp_path, None, "quick")
    assert judgement.verdict == "conforms"
    assert judgement.cost.requests <= 120


def test_every_requirement_has_a_fault() -> None:
    named = {id_ for fault in faults() for id_ in fault.breaks}
    assert {each.id for each in requirements()} == named
