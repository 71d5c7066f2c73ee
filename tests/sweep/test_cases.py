"""What this project relies on in Schemathesis: a test for each upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from wirecheck.contract.operations import operations
from wirecheck.sweeping.cases import NONE, Contract

CHAT = "createChatCompletion"


@pytest.fixture(scope="module")
def source() -> Contract:
    """The contract, loaded once."""
    return Contract()


def test_every_operation_of_the_contract_is_drawn_for(source: Contract) -> None:
    for operation in operations():
        assert {each.hint.operation for each in source.coverage(operation.id)} == {operation.id}


def test_coverage_is_complete_and_shallow_comes_first(source: Contract) -> None:
    drawn = source.coverage(CHAT)
    said = " ".join(each.hint.description for each in drawn)
    assert all(word in said for word in ("Incorrect type", "greater than maximum", "Missing request body"))
    assert any(each.hint.undeclared for each in drawn)
    assert any(each.hint.labels for each in drawn)
    assert any(each.body is None for each in drawn)
    assert {each.path for each in drawn} == {"/v1/chat/completions"}
    assert {"PUT", "DELETE", "PATCH", "POST"} == {each.method for each in drawn}
    deep = [place for place, each in enumerate(drawn) if each.hint.description.count("->") > 3]
    assert min(deep) > 60
    again = source.coverage(CHAT)
    assert [each.body for each in again] == [each.body for each in drawn]


@pytest.mark.parametrize("positive", [True, False])
def test_what_is_drawn_hangs_on_the_seed_alone(source: Contract, positive: bool) -> None:
    first, again, other = (source.fuzz(CHAT, positive=positive, seed=seed, count=12) for seed in (5, 5, 6))
    assert 0 < len(first) <= 12
    assert [each.body for each in first] == [each.body for each in again]
    assert [each.body for each in first] != [each.body for each in other]
    assert all(each.hint.positive is positive for each in first)
    assert any(each.value is not NONE for each in first)


def test_what_else_was_drawn_in_the_process_makes_no_difference(
    source: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = source.fuzz(CHAT, positive=True, seed=5, count=40)
    words = Constants(strings={f"word {number}" for number in range(1000)}, integers=set(range(1000, 2000)))
    monkeypatch.setattr(providers, "_local_constants", words)
    providers.CONSTANTS_CACHE.cache.clear()
    again = source.fuzz(CHAT, positive=True, seed=5, count=40)
    assert [each.body for each in again] == [each.body for each in first]


def test_no_key_is_drawn(source: Contract) -> None:
    for operation in operations():
        for each in source.coverage(operation.id):
            assert "authorization" not in each.hint.description.lower()


def test_nothing_is_left_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = Contract()
    source.coverage("listModels")
    source.fuzz("listModels", positive=True, seed=1, count=5)
    assert list(tmp_path.iterdir()) == []
