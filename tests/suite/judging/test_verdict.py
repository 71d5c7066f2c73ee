"""Outcomes and verdicts: nothing is green that nobody saw, and the suite's own slips are never the server's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from wirecheck.asking.probe import Asker, probe
from wirecheck.contract.rules import Section
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone, Unseen
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Check, Level, Requirement
from wirecheck.judging.verdict import FLOOR, KEPT, Outcome, Result, judge, known, stale, tally

from tests.suite.exchanges import answered, asked

CORE = frozenset({"chat", "streaming"})


@probe()
async def nothing(_: Asker) -> None:
    """Asks nothing."""


@dataclass(frozen=True)
class Pair:
    """A record of two exchanges, one of them in a tuple."""

    name: str
    answers: tuple[tuple[str, Exchange], ...]


def _requirement(
    check: Check[Any] | None = None,
    id_: str = "test.one",
    level: Level = "MUST",
    feature: str = "chat",
    on: Any = nothing,
) -> Requirement:
    return Requirement(
        id_,
        level,
        f"A server {level} answer.",
        Section("chat/chat.md#answers", "Answers", "", ""),
        feature,
        on,
        check or _says(),
    )


def _says(*items: str | Broken) -> Check[Any]:
    def check(_: Any) -> Iterator[str | Broken]:
        yield from items

    return check


def _by_status(exchange: Exchange) -> Iterator[str]:
    """Sees nothing in a 204, breaks for another status than 200."""
    if exchange.status == 204:
        raise Unseen("no body")
    if exchange.status != 200:
        yield f"{exchange.status}"


ANSWERS = Pool("answer", lambda exchange: exchange.status is not None)


def test_no_violation_passes() -> None:
    result = judge(_requirement(), answered())
    assert (result.outcome, result.judged, result.count, result.breaks) == ("passed", 1, 0, False)


def test_a_violation_fails_and_shows_its_exchange() -> None:
    first, second = answered(status=201), answered(status=202)
    result = judge(_requirement(_says("wrong", Broken("worse", second))), Pair("a", (("x", first), ("y", second))))
    assert (result.outcome, result.count, result.breaks) == ("failed", 2, True)
    assert [(each.message, each.exchange) for each in result.violations] == [("wrong", first), ("worse", second)]


def test_evidence_without_an_exchange_is_evidence() -> None:
    assert judge(_requirement(_says("wrong")), None).violations == (Broken("wrong", None),)


def test_the_smallest_request_shows_what_many_do() -> None:
    large, small = (answered(request=asked(body={"model": "m" * size})) for size in (50, 5))
    result = judge(_requirement(_says(Broken("wrong", large), Broken("wrong", small))), Pair("a", ()))
    assert (result.count, result.violations) == (2, (Broken("wrong", small),))


def test_what_is_shown_first_is_the_plainest() -> None:
    large, small = (answered(request=asked(body={"model": "m" * size})) for size in (50, 5))
    found = judge(_requirement(_says(Broken("one", large), Broken("another", small))), Pair("a", ()))
    assert [each.message for each in found.violations] == ["another", "one"]


def test_many_violations_are_counted_and_few_are_kept() -> None:
    messages = [f"other {number}" for number in range(100)] + ["same"] * 50 + ["rare"]
    result = judge(_requirement(_says(*messages)), answered())
    assert result.count == 151
    assert [each.message for each in result.violations][:4] == ["other 0", "same", "rare", "other 1"]
    assert len(result.violations) == KEPT == 50


def test_what_the_evidence_does_not_show_is_untestable() -> None:
    result = judge(_requirement(_by_status), answered(status=204))
    assert (result.outcome, result.reason, result.breaks) == ("untestable", "no body", False)


@pytest.mark.parametrize("unseen", [Unseen("no model"), Gone("time is over")])
def test_a_probe_that_saw_nothing_makes_untestable(unseen: Unseen) -> None:
    result = judge(_requirement(_says("wrong")), unseen)
    assert (result.outcome, result.reason) == ("untestable", str(unseen))


def test_a_probe_that_slipped_makes_errored() -> None:
    result = judge(_requirement(), ZeroDivisionError("slip"))
    assert result.outcome == "errored"
    assert "ZeroDivisionError: slip" in result.reason


def test_a_check_that_slips_is_errored_whatever_it_said_before() -> None:
    def check(_: Any) -> Iterator[str]:
        yield "wrong"
        raise TypeError("slip")

    for requirement, evidence in ((_requirement(check), answered()), (_requirement(check, on=ANSWERS), [answered()])):
        result = judge(requirement, evidence)
        assert (result.outcome, result.violations, result.breaks) == ("errored", (), False)
        assert "TypeError: slip" in result.reason


def test_a_pool_judges_what_it_holds_and_can_see() -> None:
    unanswered = Exchange(asked(), None)
    exchanges = [unanswered, answered(status=204), answered(), answered(status=500), answered(status=500)]
    result = judge(_requirement(_by_status, on=ANSWERS), exchanges)
    assert (result.outcome, result.judged, result.count) == ("failed", 3, 2)
    assert [each.exchange for each in result.violations] == [exchanges[3]]


def test_an_empty_pool_is_untestable() -> None:
    result = judge(_requirement(_says("wrong"), on=ANSWERS), [Exchange(asked(), None)])
    assert (result.outcome, result.reason) == ("untestable", "no answer was seen")


def test_a_pool_that_shows_nothing_says_why() -> None:
    result = judge(_requirement(_by_status, on=ANSWERS), [answered(status=204)])
    assert (result.outcome, result.reason) == ("untestable", "no answer of the run shows it: no body")


def test_a_known_failure_breaks_nothing() -> None:
    failed = judge(_requirement(_says("wrong")), answered())
    excused = known(failed, {"test.one": "next release"})
    assert (excused.outcome, excused.deviation, excused.breaks) == ("failed", "next release", False)
    assert excused.violations == failed.violations
    assert known(failed, {"test.two": "next release"}) is failed


def test_a_deviation_that_passed_is_stale() -> None:
    passed = judge(_requirement(), answered())
    failed = judge(_requirement(_says("wrong"), "test.two"), answered())
    unseen = judge(_requirement(id_="test.three"), Unseen("nothing"))
    deviations = {f"test.{name}": "a reason" for name in ("one", "two", "three")}
    assert known(passed, deviations).deviation is None
    assert stale([passed, failed, unseen], deviations) == ["test.one"]


def _results(
    passed: int = 0,
    failed: int = 0,
    untestable: int = 0,
    unsupported: int = 0,
    errored: int = 0,
    *,
    level: Level = "MUST",
    feature: str = "chat",
) -> list[Result]:
    wanted: dict[Outcome, int] = {
        "passed": passed,
        "failed": failed,
        "untestable": untestable,
        "unsupported": unsupported,
        "errored": errored,
    }
    requirement = _requirement(level=level, feature=feature)
    return [Result(requirement, outcome) for outcome, number in wanted.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("results", "verdict", "reason"),
    [
        (_results(10), "conforms", ""),
        (_results(6, untestable=4), "conforms", ""),
        (_results(5, untestable=5), "cannot tell", "only 5 of 10 MUSTs could be graded"),
        (_results(6, unsupported=94, feature="tools"), "conforms", ""),
        (_results(), "cannot tell", "only 0 of 0 MUSTs could be graded"),
        (_results(5, level="SHOULD"), "cannot tell", "only 0 of 0 MUSTs could be graded"),
        (_results(9, 1), "violates", "1 MUST"),
        (_results(0, 1, 99), "violates", "1 MUST"),
        (_results(10) + _results(0, 3, level="SHOULD"), "conforms", ""),
        (_results(9, errored=1), "cannot tell", "the suite itself broke on 1 requirements"),
        (_results(9) + _results(errored=1, level="SHOULD"), "cannot tell", "the suite itself broke"),
        (_results(8, 1, errored=1), "violates", "1 MUST"),
        (
            _results(9) + _results(unsupported=1, feature="streaming"),
            "violates",
            "requires streaming",
        ),
        (_results(9) + _results(unsupported=1, feature="tools"), "conforms", ""),
        ([known(each, {"test.one": "x"}) for each in _results(0, 10)], "conforms", ""),
    ],
)
def test_the_verdict_follows_from_the_results(results: list[Result], verdict: str, reason: str) -> None:
    found = tally("core", CORE, results)
    assert found.verdict == verdict
    assert reason in "; ".join(found.reasons)
    assert (verdict == "conforms") == (found.reasons == ())


def test_a_stale_deviation_is_no_green() -> None:
    found = tally("core", CORE, _results(10), stale_deviations=["stream.done"])
    assert found.verdict == "violates"
    assert found.reasons == ("known deviations that passed: stream.done",)


def test_a_part_of_the_requirements_has_no_floor_but_is_not_nothing() -> None:
    results = _results(1, untestable=9)
    assert tally("core", CORE, results).verdict == "cannot tell"
    assert tally("core", CORE, results, partial=True).verdict == "conforms"
    assert tally("core", CORE, _results(10), doubts=["the time was spent"]).verdict == "cannot tell"
    assert tally("core", CORE, _results(untestable=9), partial=True).verdict == "cannot tell"


def test_the_floor_is_a_share() -> None:
    assert 0.5 <= FLOOR < 1


def test_a_tally_counts() -> None:
    results = _results(4, 2, 1, 3, 0) + _results(2, 1, 1, level="SHOULD") + _results(errored=1, level="SHOULD")
    found = tally("core", CORE, results)
    assert (found.must, found.should) == ((4, 6), (2, 3))
    assert (found.unsupported, found.untestable, found.errored) == (3, 2, 1)


def test_a_part_of_a_profile_says_that_it_is_one() -> None:
    keeps, advises = (Result(_requirement(level=level), "passed", judged=1) for level in ("MUST", "SHOULD"))
    whole, part, advice = tally("core", CORE, [keeps]), tally("core", CORE, [keeps], partial=True), [advises]
    assert (whole.verdict, whole.reasons) == ("conforms", ())
    assert (part.verdict, part.reasons) == ("conforms", ("only a part of the profile was asked for",))
    assert tally("core", CORE, advice, partial=True).reasons == ("no MUST was among what was asked for",)
