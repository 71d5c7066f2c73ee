"""No MUST falls on what a standard, OpenAI's published schema or an SDK's types allow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, get_args

import pytest
from wirecheck.run import Mode

from tests.drawing import drawing_once
from tests.legal.variants import Variant, broken, judge, variants
from tests.proof.asked import Asked

# `default` sends generated requests too: ten times the time of `quick`.
MODE: Final[Mode] = next(mode for mode in get_args(Mode) if mode == os.environ.get("LEGAL_MODE", "quick"))


@pytest.fixture(scope="session", autouse=True)
def drawn() -> Iterator[None]:
    """What sweeps send is drawn once in a process."""
    with drawing_once():
        yield


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: variant.name)
def test_a_legal_variant_fails_no_must(variant: Variant, url: str, asked: Asked) -> None:
    judgement = judge(url, variant, MODE, asked)
    found = broken(judgement)
    assert not found, "\n".join(f"{id_}: {said}" for id_, said in found.items())


def test_there_are_many() -> None:
    assert len(variants()) >= 100
    assert all(each.source and each.summary.endswith(".") for each in variants())
