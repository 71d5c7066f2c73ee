"""Each fault fails exactly what it names, as far as its own areas reach; all of the suite: `tox -e proof-full`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import pytest
from wirecheck.judging.requirement import requirements
from wirecheck.run import Mode

from tests.drawing import drawing_once, sweeping_only
from tests.proof.asked import Asked, asking_only, narrowed
from tests.proof.judging import Fault, address, choice, failed, faults, judge, serving
from tests.proof.reach import CORE, KEPT, folder, general, near, on_probes, owner, reaching, touched
from tests.shared import shared

# Known to be caught: were it not, the other tests would prove nothing.
CONTROL = "never-says-done"
# `near`: by the requirements of its own areas and of those that it names. `all`: by the general ones, too.
REACH: Final = os.environ.get("PROOF_REACH", "near")


@pytest.fixture(scope="session", autouse=True)
def control(tmp_path_factory: pytest.TempPathFactory) -> None:
    """In every run, whatever is chosen of it, the control fault is caught, by the whole suite and exactly."""

    def judged() -> tuple[set[str], str]:
        with serving(tmp_path_factory.mktemp("control")) as url:
            judgement, _ = judge(address(url, CONTROL), choice("quick"))
        return set(failed(judgement)), judgement.verdict

    assert shared("control", judged) == ({"stream.done"}, "violates")


@pytest.fixture(scope="session", autouse=True)
def drawn() -> Iterator[None]:
    """What sweeps send is drawn once in a process."""
    with drawing_once():
        yield


def attempts(fault: Fault, url: str, fresh: str) -> Iterator[tuple[Mode, str, tuple[str, ...]]]:
    """How a fault is judged, until all that it breaks is found: the mode, the server, and by which requirements."""
    first = reaching if REACH == "all" else near
    yield "quick", url, first(fault)
    yield "default", fresh, near(fault)
    yield "default", fresh, reaching(fault)


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_fails_exactly_what_it_names(fault: Fault, url: str, fresh: str, asked: Asked) -> None:
    wrong = touched(fault.at)
    with asking_only(asked, wrong, fault.breaks):
        found: dict[str, str] = {}
        for mode, server, chosen in attempts(fault, url, fresh):
            missing = fault.breaks - set(found)
            if not missing:
                break
            # Seen only by what a longer run asks; by generated requests, where no probe shows it.
            with sweeping_only(wrong if not on_probes(missing) else ()):
                only = narrowed(asked, chosen, wrong, fault.breaks)
                found |= failed(judge(address(server, fault.name), choice(mode, only=only), **owner(fault))[0])
    assert set(found) == fault.breaks, "\n".join(f"{id_}: {said[:300]}" for id_, said in found.items())


def test_every_requirement_has_a_fault() -> None:
    named = {id_ for fault in faults() for id_ in fault.breaks}
    assert {each.id for each in requirements()} == named


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_what_a_fault_names_is_within_its_reach(fault: Fault) -> None:
    assert fault.breaks <= set(near(fault)) <= set(reaching(fault))


def test_what_reaches_a_fault_is_derived_from_the_contract() -> None:
    assert general() == {"auth", "errors", "http", "limits", "streams", "validation"}
    by_name = {fault.name: set(reaching(fault)) for fault in faults()}
    core = {each.id for each in requirements() if folder(each) in general() | CORE}
    assert by_name["has-no-request-id"] == core, "it is wrong at every operation, and tried at those of the core"
    chat = {each.id for each in requirements() if folder(each) in general() | {"chat"}}
    assert by_name[CONTROL] == chat
    assert chat < core
    keeping = general() | KEPT | {"batches", "conversations", "events", "files", "stored", "webhooks"}
    kept = {each.id for each in requirements() if folder(each) in keeping}
    assert by_name["shows-what-was-deleted"] == kept
