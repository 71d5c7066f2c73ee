"""The page is what the data file makes, and the data file speaks of requirements that there are.

What they tell was seen by `tox -e clients`.
"""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from wirecheck import impact
from wirecheck.judging.requirement import requirements

from tests.clients.driving import CLIENTS
from tests.clients.page import DATA, PAGE, data, page, timeout


def test_the_page_is_made_of_the_data_file() -> None:
    assert PAGE.read_text("utf-8") == page(timeout()), "run: tox -e clients"


def test_the_data_file_knows_no_requirement_that_there_is_not() -> None:
    known = {each.id for each in requirements()}
    assert {id_ for fault in data()["faults"].values() for id_ in fault["breaks"]} <= known


def test_the_data_file_is_sorted_and_small() -> None:
    faults = data()["faults"]
    assert list(faults) == sorted(faults)
    assert len(DATA.read_bytes()) < 250_000
    assert DATA.read_text("utf-8") == json.dumps(data(), indent=1, ensure_ascii=False) + "\n"


def test_the_data_file_speaks_of_the_clients_that_are_run() -> None:
    clients = data()["clients"]
    assert list(clients) == [each.name for each in CLIENTS]
    assert all(client["versions"] and client["what"] for client in clients.values())
    harmed = [each for fault in data()["faults"].values() for each in fault["harmed"].items()]
    assert {name for name, _ in harmed} <= set(clients)
    assert not any(set(fault["harmed"]) & set(fault.get("unreached", ())) for fault in data()["faults"].values())
    assert {told["outcome"] for _, told in harmed} <= set(get_args(impact.Outcome)) - {"fine"}


TABLE: dict[str, Any] = {
    "clients": {"one": {"what": "", "versions": {"one": "1.2"}}, "two": {"what": "", "versions": {"two": "3"}}},
    "faults": {
        "alone": {"breaks": ["a.b"], "harmed": {"one": {"outcome": "raises", "call": "chat"}}},
        "shared": {"breaks": ["a.b", "a.c"], "harmed": {"one": {"outcome": "silently wrong", "call": "x"}}},
        "worse": {"breaks": ["a.b"], "harmed": {"two": {"outcome": "silently wrong", "call": "stream"}}},
        "harmless": {"breaks": ["a.d"], "harmed": {}},
        "reached by one": {"breaks": ["a.f"], "harmed": {}, "unreached": ["two"]},
        "reached by none": {"breaks": ["a.g"], "harmed": {}, "unreached": ["one", "two"]},
    },
}


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact, "table", lambda: TABLE)


@pytest.mark.usefixtures("made_up")
def test_a_requirement_is_told_of_by_its_worst() -> None:
    found = [(each.client, each.outcome, each.fault, each.shared) for each in impact.harms("a.b")]
    assert found == [("two", "silently wrong", "worse", False), ("one", "raises", "alone", False)]
    assert impact.told("a.b") == "silently wrong: two 3 (worse); raises: one 1.2 (alone)"
    assert impact.told("a.c") == "silently wrong: one 1.2 (shared, which breaks others too); 1 fine"
    assert impact.told("a.d") == "all 2 were fine in what was tried"
    assert impact.told("a.e") == impact.told("a.g") == "not tried"
    assert impact.told("a.f") == "fine in what was tried: one"
    assert [impact.tried_by(id_) for id_ in ("a.d", "a.f", "a.g")] == [["one", "two"], ["one"], []]
