"""Whoever falls over has not refused: no sentence that asks for a refusal is kept by a 5xx, by a 429 or by silence."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.validation.probes import Endless
from wirecheck.evidence.exchange import Exchange, Intent

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused
from tests.suite.exchanges import QUESTION, answered, asked

ALONE = (
    "errors.malformed-json",
    "errors.too-large",
    "structured.unusable",
    "tools.broken-history",
    "validation.unknown-field",
    "validation.null-byte",
    "validation.surrogate",
    "validation.stream-options",
)
SEVERAL = ("context.exceeded", "tools.result")
INVALID = Intent("test", "temperature is 5", valid=False, field="temperature")


def _invalid(status: int | None) -> list[Exchange]:
    return [answered({"error": {"message": "No."}}, status=status, request=asked(body=QUESTION), intent=INVALID)]


@pytest.mark.parametrize("status", [500, 501, 502, 503, 529, 429, None])
def test_what_falls_over_has_not_refused(status: int | None) -> None:
    seen: dict[str, Any] = {name: refused(status) for name in ALONE}
    seen |= {name: (refused(status), refused(status)) for name in SEVERAL}
    seen |= {"validation.refused": _invalid(status)}
    for name, evidence in seen.items():
        assert graded(name, evidence) != PASSED, name
        if status is not None:
            assert graded(name, evidence) == UNTESTABLE, name


@pytest.mark.parametrize("name", ALONE)
def test_a_refusal_is_one_and_an_answer_is_none(name: str) -> None:
    assert graded(name, refused(400)) == PASSED
    assert graded(name, refused(404)) == FAILED


@pytest.mark.parametrize(("last", "outcome"), [(400, PASSED), (200, FAILED), (500, UNTESTABLE)])
def test_of_several_answers_those_count_that_decide(last: int, outcome: str) -> None:
    assert graded("context.exceeded", (refused(500), refused(last))) == outcome


@pytest.mark.parametrize("status", [500, 501, 503])
def test_a_limit_of_a_billion_is_not_served_by_falling_over(status: int) -> None:
    assert graded("validation.endless", Endless(refused(status), refused(200))) == UNTESTABLE
    assert graded("validation.endless", Endless(refused(400), refused(200))) == PASSED
