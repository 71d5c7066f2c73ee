"""The sentences on forms, sizes and bounds of embeddings, on answers that were decided by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from wirecheck.areas.embeddings.asking import LONGEST, MOST
from wirecheck.areas.embeddings.probes.bounds import Long, Unknown
from wirecheck.areas.embeddings.probes.forms import Nulls, Other, Sized, Tokens
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.embeddings.vectors import FULL, ONE, THREE, TWO, came, packed, refused
from tests.suite.exchanges import answered

WORDS = ["a"] * (MOST + 1)


def judged(name: str, evidence: Any) -> str:
    return graded(f"embeddings.{name}", evidence)


NAN = packed([math.nan, 1.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("other", "base64", "given"),
    [
        (came(packed(FULL)), PASSED, PASSED),
        (came(packed([0.501, 0.5, 0.499, 0.5])), PASSED, PASSED),
        (came(packed(FULL, ">f")), FAILED, PASSED),
        (came(packed(FULL, "<d")), FAILED, PASSED),
        (came(packed(FULL, "<e")), FAILED, PASSED),
        (came(packed([5.0] * 4)), FAILED, PASSED),
        (came(packed(FULL)[:-3]), FAILED, PASSED),
        (came("?" * 8), FAILED, PASSED),
        (came(""), FAILED, PASSED),
        (came(NAN), FAILED, PASSED),
        (came(FULL), UNTESTABLE, FAILED),
        (came(), UNTESTABLE, PASSED),
        (refused(500), UNTESTABLE, UNTESTABLE),
    ],
)
def test_base64(other: Exchange, base64: str, given: str) -> None:
    seen = Other(came(FULL), other)
    assert [judged(name, seen) for name in ("base64", "base64-given")] == [base64, given]


@pytest.mark.parametrize(
    ("sized", "dimensions", "shortened"),
    [
        (came([1.0, 0.0]), PASSED, PASSED),
        (came([0.5, 0.5]), PASSED, FAILED),
        (came(FULL), FAILED, UNTESTABLE),
        (came([1.0]), FAILED, PASSED),
        (refused(500), UNTESTABLE, UNTESTABLE),
    ],
)
def test_dimensions(sized: Exchange, dimensions: str, shortened: str) -> None:
    seen = Sized(came(FULL), sized, 4, 2)
    assert [judged(name, seen) for name in ("dimensions", "shortened")] == [dimensions, shortened]


def test_vectors_that_are_not_normalised_need_not_be_when_shortened() -> None:
    assert judged("shortened", Sized(came([5.0] * 4), came([5.0] * 2), 4, 2)) == UNTESTABLE


def test_the_models_own_dimensions() -> None:
    assert judged("native", Sized(came(FULL), came(FULL), 4, 4)) == PASSED
    assert judged("native", Sized(came(FULL), refused(), 4, 4)) == FAILED
    assert judged("native", Sized(came(FULL), refused(500), 4, 4)) == UNTESTABLE


@pytest.mark.parametrize(
    ("flat", "lists", "seen"),
    [
        (came(ONE), came(ONE, TWO), PASSED),
        (came(ONE, TWO, THREE), came(ONE, TWO), FAILED),
        (came(ONE), came(ONE), FAILED),
        (refused(), came(ONE, TWO), PASSED),
        (came(ONE), refused(422), PASSED),
        (refused(500), refused(), UNTESTABLE),
    ],
)
def test_tokens(flat: Exchange, lists: Exchange, seen: str) -> None:
    assert judged("tokens", Tokens(flat, lists)) == seen


def test_null() -> None:
    assert judged("null", Nulls(came(ONE), ())) == PASSED
    assert judged("null", Nulls(refused(), ())) == FAILED
    assert judged("null", Nulls(refused(), (("user", came(ONE)), ("dimensions", refused(422))))) == FAILED
    assert judged("null", Nulls(refused(500), ())) == UNTESTABLE


@pytest.mark.parametrize(
    ("name", "answer", "seen"),
    [
        ("empty-list", refused(), PASSED),
        ("empty-list", refused(422), PASSED),
        ("empty-list", came(given=[]), FAILED),
        ("empty-list", refused(500), UNTESTABLE),
        ("empty-text", refused(), PASSED),
        ("empty-text", came(ONE, given=""), FAILED),
        ("many", refused(413), PASSED),
        ("many", refused(404), FAILED),
        ("many", came(*[[1.0]] * 3, given=WORDS), FAILED),
        ("many", came(*[[1.0]] * (MOST + 1), given=WORDS), PASSED),
        ("many", refused(503), UNTESTABLE),
    ],
)
def test_bounds(name: str, answer: Exchange, seen: str) -> None:
    assert judged(name, answer) == seen


@pytest.mark.parametrize(
    ("long", "seen", "code"),
    [
        (refused(400, "context_length_exceeded"), PASSED, PASSED),
        (refused(400, "too_long"), PASSED, FAILED),
        (refused(413), PASSED, UNTESTABLE),
        (refused(404), FAILED, UNTESTABLE),
        (refused(500), UNTESTABLE, UNTESTABLE),
        (came(TWO), PASSED, UNTESTABLE),
        (came([]), FAILED, UNTESTABLE),
        (came([1.0]), FAILED, UNTESTABLE),
        (came([0.0] * 4), FAILED, UNTESTABLE),
        (answered({"model": "m", "input": "x" * LONGEST}), FAILED, UNTESTABLE),
    ],
)
def test_long_texts(long: Exchange, seen: str, code: str) -> None:
    assert [judged(name, Long(came(ONE), long)) for name in ("long", "long-code")] == [seen, code]


_NOBODY = refused(404, field="model 'x'")


@pytest.mark.parametrize(
    ("chat", "embedding", "seen"),
    [
        (_NOBODY, refused(404), PASSED),
        (_NOBODY, refused(400), PASSED),
        (_NOBODY, came(ONE), FAILED),
        (_NOBODY, refused(422), FAILED),
        (_NOBODY, refused(500), UNTESTABLE),
        (refused(404), came(ONE), UNTESTABLE),  # of a path that there is not
        (came(ONE), came(ONE), UNTESTABLE),
    ],
)
def test_unknown_models(chat: Exchange, embedding: Exchange, seen: str) -> None:
    assert judged("unknown-model", Unknown(chat, embedding)) == seen
