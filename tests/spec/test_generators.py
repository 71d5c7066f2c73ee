"""Generators of requests read the contract, as one file and as many, and what they call valid the models accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from tests.spec.contract import contract_accepts, document, model, model_accepts

ROOT = Path(__file__).resolve().parents[2]
PLACES = ["spec/openapi.yaml", "generated/wirecheck_contract/openapi.json"]


def bodies(place: str, mode: schemathesis.GenerationMode) -> list[Any]:
    """Bodies for a chat completion, drawn from the contract at that place."""
    drawn: list[Any] = []
    operation = schemathesis.openapi.from_path(ROOT / place)["/v1/chat/completions"]["POST"]

    @settings(
        max_examples=12,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def draw(case: schemathesis.Case[Any]) -> None:
        if isinstance(case.body, dict | list):  # an invalid body may also be no JSON at all
            drawn.append(case.body)

    draw()
    return drawn


@pytest.mark.parametrize("place", PLACES)
def test_valid_bodies_are_drawn_and_accepted(place: str) -> None:
    drawn = bodies(place, schemathesis.GenerationMode.POSITIVE)
    assert len(drawn) >= 10
    assert len({json.dumps(each, sort_keys=True) for each in drawn}) >= 8
    for body in drawn:
        assert contract_accepts("ChatCompletionRequest", body), body
        assert model_accepts(model("ChatCompletionRequest"), json.dumps(body)), body


@pytest.mark.parametrize("place", PLACES)
def test_invalid_bodies_are_drawn(place: str) -> None:
    drawn = bodies(place, schemathesis.GenerationMode.NEGATIVE)
    refused = [each for each in drawn if not contract_accepts("ChatCompletionRequest", each)]
    assert refused


@pytest.mark.parametrize("place", PLACES)
def test_every_operation_is_read(place: str) -> None:
    schema = schemathesis.openapi.from_path(ROOT / place)
    labels = {result.ok().label for result in schema.get_all_operations() if isinstance(result, Ok)}
    assert "POST /v1/chat/completions" in labels
    methods = {"get", "post", "put", "patch", "delete"}
    assert len(labels) == sum(len(methods & set(item)) for item in document()["paths"].values())
