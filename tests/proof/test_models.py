"""Models that think and take little, speak noise, vary or refuse are judged like others: justly, and sharply."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from wirecheck.asking.target import addresses
from wirecheck.judging.verdict import Judgement
from wirecheck.run import run

from tests.drawing import drawing_once
from tests.proof.judging import Watcher, address, choice, failed, serving, target

MODELS = ("thinking", "noisy", "varying", "refusing")
MOST = 5
"""So many sentences on features that the model has may stay unseen."""


@pytest.fixture(scope="module", autouse=True)
def drawn() -> Iterator[None]:
    """What sweeps send is drawn once."""
    with drawing_once():
        yield


def _judged(url: str, model: str, *only: str) -> Judgement:
    server = replace(target(url), model=model)
    return asyncio.run(run(server, addresses(url), choice("default", only=only), Watcher()))


@pytest.mark.parametrize("model", MODELS)
def test_no_model_breaks_a_must(model: str, tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        judgement = _judged(address(url, None), model)
    levels = {each.requirement.id: each.requirement.level for each in judgement.results}
    assert {id_: said for id_, said in failed(judgement).items() if levels[id_] == "MUST"} == {}
    unseen = [f"{each.requirement.id}: {each.reason}" for each in judgement.results if each.outcome == "untestable"]
    assert len(unseen) <= MOST, unseen
    assert judgement.verdict == "conforms"


@pytest.mark.parametrize(
    ("model", "fault", "broken"),
    [
        ("noisy", "ignores-stop-strings", {"chat.stop"}),
        ("noisy", "streams-stop-strings", {"chat.stop-stream"}),
        ("varying", "wants-stop-strings-in-a-list", {"chat.stop", "chat.stop-stream"}),
    ],
)
def test_faults_are_seen_whatever_the_model_says(model: str, fault: str, broken: set[str], url: str) -> None:
    judgement = _judged(address(url, fault), model, "chat.stop", "chat.stop-stream")
    assert set(failed(judgement)) == broken
