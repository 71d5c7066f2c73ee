"""What is and what is not held against a server that takes images."""

from __future__ import annotations

import pytest
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.probes.images import Images, grows
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused, says, streams, usage


def _counts(prompt: int) -> Exchange:
    return says("red", counts=usage(prompt))


UNCOUNTED = says("red", counts={"total_tokens": None})


@pytest.mark.parametrize(
    ("one", "two", "seen"),
    [
        (_counts(95), _counts(180), PASSED),
        (_counts(95), _counts(95), FAILED),
        (_counts(95), refused(), UNTESTABLE),  # a model that takes one image alone
        (UNCOUNTED, UNCOUNTED, UNTESTABLE),
        (_counts(95), refused(None), UNTESTABLE),
    ],
)
def test_every_image_counts(one: Exchange, two: Exchange, seen: str) -> None:
    assert graded("images.all-read", Images(_counts(10), one, two)) == seen


def test_what_is_not_counted_is_not_known_to_be_ignored() -> None:
    assert grows(_counts(10), _counts(10)) is False
    assert grows(_counts(10), _counts(95)) is True
    assert grows(_counts(10), UNCOUNTED) is None
    assert grows(_counts(10), refused()) is None


def test_both_modes() -> None:
    assert graded("images.both-modes", Both(says("red"), streams("red"))) == PASSED
    assert graded("images.both-modes", Both(refused(), streams("red"))) == FAILED
    assert graded("images.both-modes", Both(says("red"), refused(500))) == PASSED  # `errors.no-5xx` judges it


def test_forms_and_what_is_none() -> None:
    assert graded("images.forms", (says("red"), says("red"))) == PASSED
    assert graded("images.forms", (says("red"), refused(422))) == FAILED
    assert graded("images.broken", (refused(422), refused())) == PASSED
    assert graded("images.broken", (refused(422), says("red"))) == FAILED
    assert graded("images.broken", (refused(500),)) == UNTESTABLE
