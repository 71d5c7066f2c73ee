"""The sentences on embeddings, on answers that were decided by hand."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.embeddings.probes.batches import Batch, Crowd, Ends, Twice
from wirecheck.areas.embeddings.probes.forms import Other
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.embeddings.vectors import ALL, FOUR, FULL, LIKE_ONE, ONE, THREE, TWO, came, document, packed, refused
from tests.suite.exchanges import answered, asked


def judged(name: str, evidence: Any) -> str:
    return graded(f"embeddings.{name}", evidence)


@pytest.mark.parametrize(
    ("name", "answer", "seen"),
    [
        ("shape", came(ONE), PASSED),
        ("shape", came(ONE, fields={"id": "x", "created": 1}), PASSED),
        ("shape", came(ONE, fields={"object": "embeddings"}), FAILED),
        ("shape", came(ONE, fields={"model": None}), FAILED),
        ("shape", came(ONE, fields={"data": {}}), FAILED),
        ("shape", came([]), PASSED),  # an empty vector is for another sentence
        ("shape", came(ONE, fields={"usage": None}), PASSED),
        ("count", came(ONE, TWO), PASSED),
        ("count", came(ONE, TWO, given=["a", "b", "c"]), FAILED),
        ("count", came(ONE, TWO, given="a"), FAILED),
        ("count", came(given="a"), FAILED),
        ("count", came(ONE, given=[1, 2, 3]), UNTESTABLE),
        ("index", came(ONE, TWO), PASSED),
        ("index", came(ONE, fields={"data": [{"index": 1, "embedding": ONE}]}), FAILED),
        ("index", came(ONE, fields={"data": [{"index": 0.0, "embedding": ONE}]}), PASSED),
        ("index", came(ONE, fields={"data": [{"embedding": ONE}]}), UNTESTABLE),
        ("numbers", came(ONE), PASSED),
        ("numbers", came([1, 0]), PASSED),
        ("numbers", came([]), FAILED),
        ("numbers", came([0.0, 0.0]), FAILED),
        ("numbers", came([1.0, None]), FAILED),
        ("numbers", came([1.0, "2"]), FAILED),
        ("numbers", came([10**400, 1]), FAILED),
        ("numbers", came(None), FAILED),
        ("numbers", came("!!", encoding_format="base64"), PASSED),
        ("usage", came(ONE), PASSED),
        ("usage", came(ONE, fields={"usage": {"prompt_tokens": 3, "total_tokens": 5, "cost": 1}}), PASSED),
        ("usage", came(ONE, fields={"usage": {"prompt_tokens": 3, "total_tokens": 2}}), FAILED),
        ("usage", came(ONE, fields={"usage": {"prompt_tokens": 3}}), FAILED),
        ("usage", came(ONE, fields={"usage": None}), FAILED),
        ("float", came(ONE), PASSED),
        ("float", came(packed(ONE)), FAILED),
        ("float", came(packed(ONE), encoding_format="float"), FAILED),
        ("float", came(packed(ONE), encoding_format=None), FAILED),
        ("float", came(packed(ONE), encoding_format="base64"), UNTESTABLE),
    ],
)
def test_single_answers(name: str, answer: Exchange, seen: str) -> None:
    assert judged(name, [answer]) == seen


def test_what_is_beyond_the_contract_is_not_held_to_it() -> None:
    assert judged("count", [answered(document(), status=500, request=came(ONE).request)]) == UNTESTABLE
    assert judged("shape", [answered({"error": {}}, request=asked())]) == UNTESTABLE


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ([came(ONE), came(TWO, THREE)], PASSED),
        ([came(ONE), came(TWO, [1.0, 2.0])], FAILED),
        ([came(ONE), came([1.0, 2.0], dimensions=2)], UNTESTABLE),
        ([came(ONE), came(TWO), came([1.0, 2.0], dimensions=2)], PASSED),
        ([came(ONE), came(TWO), came([1.0, 2.0], model="other")], PASSED),
        ([came(ONE), came(TWO), came([])], PASSED),
        ([came(ONE)], UNTESTABLE),
    ],
)
def test_one_length(answers: list[Exchange], seen: str) -> None:
    assert judged("same-length", answers) == seen


SINGLES = (came(ONE), came(TWO))
ROTATED = (*ALL[1:], ALL[0])
# All of one cone, as the vectors of many models are: a cosine of 0.97 is far there.
CONE = tuple([1.0, *(0.25 * each for each in vector)] for vector in ALL)


@pytest.mark.parametrize(
    ("batch", "singles", "order", "alone", "related"),
    [
        (came(*ALL), SINGLES, PASSED, PASSED, PASSED),
        (came(*CONE), (came(CONE[0]), came(CONE[1])), PASSED, PASSED, PASSED),
        (came(*([each + 0.01 for each in vector] for vector in ALL)), SINGLES, PASSED, PASSED, PASSED),
        (came(*map(packed, ALL)), SINGLES, PASSED, PASSED, PASSED),
        (came(*ROTATED), SINGLES, FAILED, PASSED, UNTESTABLE),
        (came(ONE, TWO, FOUR, THREE, LIKE_ONE), SINGLES, PASSED, PASSED, FAILED),
        (came([0.7, 0.4, 0.4, 0.4], [0.4, 0.7, 0.4, 0.4], *ALL[2:]), SINGLES, PASSED, FAILED, FAILED),
        (came(*[FULL] * 5), (came(FULL), came(FULL)), PASSED, PASSED, UNTESTABLE),
        (came(*[FULL] * 5), SINGLES, PASSED, FAILED, UNTESTABLE),
        (came(*ALL[:4]), SINGLES, UNTESTABLE, UNTESTABLE, UNTESTABLE),
        (came(*ALL[:4], []), SINGLES, UNTESTABLE, UNTESTABLE, UNTESTABLE),
        (came(*ALL), (came([1.0, 0.0]), came(TWO)), UNTESTABLE, UNTESTABLE, UNTESTABLE),
        (refused(), SINGLES, UNTESTABLE, UNTESTABLE, UNTESTABLE),
    ],
)
def test_batches(batch: Exchange, singles: tuple[Exchange, ...], order: str, alone: str, related: str) -> None:
    seen = Batch(batch, singles)
    assert [judged(name, seen) for name in ("order", "alone", "related")] == [order, alone, related]


def test_an_index_is_believed_where_it_names_each_place_once() -> None:
    backwards = document(*ALL)
    backwards["data"].reverse()
    answer = answered(backwards, request=came(*ALL).request)
    assert judged("order", Batch(answer, SINGLES)) == PASSED
    assert judged("index", [answer]) == FAILED


def test_usage_counts_every_input() -> None:
    assert judged("usage-counts", Batch(came(*ALL, tokens=9), SINGLES)) == PASSED
    assert judged("usage-counts", Batch(came(*ALL), SINGLES)) == FAILED
    assert judged("usage-counts", Batch(refused(), SINGLES)) == UNTESTABLE


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [(ONE, ONE, PASSED), (ONE, [1.0, 0.01, 0, 0], PASSED), (ONE, LIKE_ONE, FAILED), (ONE, [1.0], UNTESTABLE)],
)
def test_again(first: list[float], second: list[float], seen: str) -> None:
    assert judged("again", Twice(came(first), came(second))) == seen


def test_texts_are_told_apart() -> None:
    assert judged("differ", SINGLES) == PASSED
    assert judged("differ", (came(CONE[0]), came(CONE[1]))) == PASSED
    assert judged("differ", (came(ONE), came(ONE))) == FAILED
    assert judged("differ", (came(ONE), refused())) == UNTESTABLE


@pytest.mark.parametrize(
    ("other", "seen"),
    [(came(ONE), PASSED), (came(TWO), FAILED), (refused(), FAILED), (refused(500), UNTESTABLE), (came([]), UNTESTABLE)],
)
def test_a_list_of_one(other: Exchange, seen: str) -> None:
    assert judged("list-of-one", Other(came(ONE), other)) == seen


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        (((0, came(ONE, ONE)), (1, came(TWO, TWO))), PASSED),
        (((0, came(ONE, ONE)), (1, came(TWO, ONE))), FAILED),
        (((0, came(TWO, TWO)), (1, came(ONE, ONE))), FAILED),
        (((0, came(ONE, ONE)), (1, refused(429))), UNTESTABLE),
    ],
)
def test_clients_at_the_same_time(answers: Any, seen: str) -> None:
    assert judged("mixed", Crowd(answers, SINGLES)) == seen


@pytest.mark.parametrize(
    ("long", "short", "seen"),
    [
        (came(ONE, LIKE_ONE), came(*ALL), PASSED),
        (came(ONE, [1.0, 1e-4, 0, 0]), came(*ALL), PASSED),
        (came(ONE, ONE), came(*ALL), FAILED),
        (came(FULL, FULL), came(*[FULL] * 5), UNTESTABLE),
        (refused(), came(*ALL), UNTESTABLE),
    ],
)
def test_ends(long: Exchange, short: Exchange, seen: str) -> None:
    assert judged("end", Ends(long, short)) == seen
