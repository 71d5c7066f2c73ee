"""Requirements on the context window: a cut in silence is a finding, a window that was told wrong is none."""

from __future__ import annotations

import pytest
from wirecheck.areas.chat.probes.context import Larger
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused, says, usage

WINDOW = 4096


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (refused(400), PASSED),
        (refused(413), PASSED),
        (says("Well.", counts=usage(prompt=WINDOW)), FAILED),
        (says("Well.", counts=usage(prompt=12)), FAILED),
        (says("Well.", counts=usage(prompt=9000)), UNTESTABLE),
        (says("Well.", counts={"total_tokens": 3}), UNTESTABLE),
        (refused(None), UNTESTABLE),
    ],
)
def test_a_prompt_larger_than_the_window(answer: Exchange, outcome: str) -> None:
    assert graded("context.not-cut", Larger(WINDOW, answer)) == outcome
