"""Conditions on models, and what answers cost by their price, on answers that no fault gives."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.chat.probes.costs import Charged
from wirecheck.areas.models.probes import Tagged
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, says, usage
from tests.suite.exchanges import answered, asked

MODEL: dict[str, Any] = {"id": "m", "object": "model", "created": 1, "owned_by": "us"}
PRICE = {"input_usd_per_million_tokens": 2, "output_usd_per_million_tokens": 10}


def came(status: int | None, body: bytes = b"{}") -> Exchange:
    return answered(body=body, status=status, request=asked("/v1/models", "GET"))


@pytest.mark.parametrize(
    ("known", "other", "outcome"),
    [
        (came(304, b""), came(200), PASSED),
        (came(200), came(200), PASSED),
        (came(304, b""), came(304, b""), FAILED),
        (came(304, b"{}"), came(200), FAILED),
        (came(412), came(200), FAILED),
        (came(200), came(412), FAILED),
        (came(500), came(200), UNTESTABLE),
        (came(None), came(200), UNTESTABLE),
    ],
)
def test_conditions(known: Exchange, other: Exchange, outcome: str) -> None:
    assert graded("models.condition", (Tagged(came(200), known, other),)) == outcome


def model(price: Any = PRICE, status: int = 200) -> Exchange:
    return answered(MODEL | {"price": price}, status=status, request=asked("/v1/models/m", "GET"))


def costs(cost: Any, **more: Any) -> Exchange:
    return says("a", counts=usage(1000, 100, cost_usd=cost, **more))


CACHED = {"prompt_tokens_details": {"cached_tokens": 400}}


@pytest.mark.parametrize(
    ("told", "answers", "outcome"),
    [
        (model(), (costs(0.003), costs(0.003)), PASSED),
        (model(), (costs(0.0030004),), PASSED),
        (model(), (costs(0.003), costs(0.002)), FAILED),
        (model(), (costs(0),), FAILED),
        (model(), (costs(0.003, **CACHED),), PASSED),
        (model(PRICE | {"cached_input_usd_per_million_tokens": 1}), (costs(0.0026, **CACHED),), PASSED),
        (model(PRICE | {"cached_input_usd_per_million_tokens": 1}), (costs(0.003, **CACHED),), FAILED),
        (model(), (says("a"),), UNTESTABLE),
        (model(), (costs("0.003"),), UNTESTABLE),
        (model(None), (costs(1),), UNTESTABLE),
        (model(status=404), (costs(1),), UNTESTABLE),
        (model({"input_usd_per_million_tokens": 2}), (costs(1),), UNTESTABLE),
    ],
)
def test_costs(told: Exchange, answers: tuple[Exchange, ...], outcome: str) -> None:
    assert graded("usage.cost", Charged(told, answers)) == outcome
