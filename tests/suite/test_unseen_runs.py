"""Runs that could not see all: cut, silenced, or left without a feature to try. None of them is ever green."""

from __future__ import annotations

import asyncio
import json

import pytest
from wirecheck.area import features
from wirecheck.asking.client import Client
from wirecheck.asking.probe import closure
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone
from wirecheck.gathering import asking_order
from wirecheck.judging.pool import probes_of
from wirecheck.judging.requirement import requirements
from wirecheck.preflight import sign_of_life

from tests.suite.exchanges import answered
from tests.suite.scripted import Script, Visit
from tests.suite.test_run import judged, polite

GOOD = polite()


def killed_by(word: bytes) -> Script:
    """A polite server that says nothing more to anybody once a request held the word."""
    dead: list[bool] = []

    async def script(visit: Visit) -> None:
        if word in visit.body:
            dead.append(True)
        if dead:
            await visit.gone.wait()
        await GOOD(visit)

    return script


@pytest.mark.parametrize("patience", [1.0, 3.0])
def test_a_server_that_an_invalid_request_kills_is_caught(patience: float) -> None:
    judgement, _ = judged(killed_by(b'"n": 1000000'), "validation.alive", timeout=patience, max_time=30)
    (result,) = judgement.results
    said = "; ".join(each.message for each in result.violations)
    assert (result.outcome, judgement.verdict) == ("failed", "violates")
    assert "n is a million" in said
    assert "a plain request: nothing more within" in said


def test_what_is_asked_of_a_server_that_is_dead_already_is_not_blamed() -> None:
    dead: list[bool] = []

    async def script(visit: Visit) -> None:
        if dead:
            await visit.gone.wait()
        if b'"temperature": 5' in visit.body and b'"stream": true' in visit.body:
            dead.append(True)
        await GOOD(visit)

    judgement, _ = judged(script, "validation.alive", timeout=1, max_time=30)
    (result,) = judgement.results
    assert {each.message for each in result.violations} == {
        "after 'temperature is 5', a plain request: nothing more within 1 s"
    }


def test_a_server_that_a_valid_request_kills_never_conforms() -> None:
    judgement, _ = judged(killed_by(b'"developer"'), "chat.minimal", "chat.developer-role", timeout=1)
    assert judgement.verdict == "cannot tell"
    assert "the server answers no more (nothing more within 1 s); the last answer was" in judgement.tally.reasons[0]


def test_a_server_that_the_last_request_of_a_run_kills_is_caught() -> None:
    dead: list[bool] = []

    async def script(visit: Visit) -> None:
        if dead:
            await visit.gone.wait()
        if b"1000000000" in visit.body:
            dead.append(True)
        await GOOD(visit)

    judgement, _ = judged(script, "validation.endless", "validation.alive", timeout=2)
    assert judgement.verdict == "violates"
    said = "; ".join(each.message for result in judgement.results for each in result.violations)
    assert "after 'max_tokens is a billion', a plain request: nothing more within 2 s" in said


def test_a_server_that_left_one_request_unanswered_and_lives_is_judged() -> None:
    async def script(visit: Visit) -> None:
        if b'"developer"' in visit.body:
            await visit.gone.wait()
        await GOOD(visit)

    judgement, visits = judged(script, "chat.minimal", "chat.developer-role", timeout=1)
    assert judgement.verdict == "conforms"
    assert json.loads(visits[-1].body)["messages"][0]["role"] == "user", "the last request asks for a sign of life"


def test_a_run_in_which_all_was_answered_asks_for_no_sign_of_life() -> None:
    judgement, visits = judged(GOOD, "chat.minimal")
    assert (judgement.verdict, len(visits)) == ("conforms", 4)


def test_a_run_that_is_cut_says_how_far_it_came_and_is_not_green() -> None:
    async def script(visit: Visit) -> None:
        if b'"developer"' in visit.body:
            await visit.gone.wait()
        await GOOD(visit)

    judgement, _ = judged(script, "chat.minimal", "chat.developer-role", max_time=1.5)
    assert judgement.verdict == "cannot tell"
    assert "the run's time was spent: 1 of 2 probes were asked (more of it: --max-time)" in judgement.tally.reasons


@pytest.mark.parametrize("status", [None, 401, 408, 403])
def test_a_feature_that_no_request_could_try_is_named(status: int | None) -> None:
    async def script(visit: Visit) -> None:
        if b'"response_format"' in visit.body and status is None:
            await visit.gone.wait()
        await (polite(chat=status or 200) if b'"response_format"' in visit.body else GOOD)(visit)

    judgement, _ = judged(script, "chat.minimal", "structured.schema", timeout=1)
    assert judgement.verdict == "cannot tell"
    assert any("whether the server has structured_output" in reason for reason in judgement.tally.reasons)
    assert [each.verdict for each in judgement.tallies] == ["conforms", "cannot tell", "cannot tell"]


def test_what_is_cheap_and_telling_is_asked_before_what_is_slow() -> None:
    order = asking_order(requirements(), set(features()))
    late = [(any(it.rough for it in closure([each])), any(it.slow for it in closure([each]))) for each in order]
    assert late == sorted(late)
    musts = {probe.name for each in requirements() if each.level == "MUST" for probe in probes_of(each.on)}
    quick = [each.name in musts for each, when in zip(order, late, strict=True) if not any(when)]
    assert quick == sorted(quick, reverse=True)


def test_a_last_wait_that_ends_after_its_budget_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(*_: object) -> Exchange:
        raise Gone("the run's time was spent while this was asked")

    monkeypatch.setattr(Client, "ask", late)
    target = Target("http://127.0.0.1:9", "http://127.0.0.1:9/v1", "m", timeout=1)
    seen = asyncio.run(sign_of_life(target, 1, [answered({})], lambda _: None))
    assert (seen.status, seen.end, seen.error) == (None, "no answer", "nothing more within 1 s")
