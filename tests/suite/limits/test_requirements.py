"""Limits, and many clients at once: the sentences on both, on single answers and on crowds."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.chat.probes import leaving
from wirecheck.areas.chat.probes.concurrency import Crowd
from wirecheck.areas.limits import probes as limits
from wirecheck.evidence.exchange import Chunk, Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import answered, asked, delta, streamed
from tests.suite.talking import ask, silent

REQUIREMENTS = {each.id: each for each in requirements()}


def outcome(id_: str, evidence: object) -> str:
    """What becomes of a requirement."""
    return judge(REQUIREMENTS[id_], evidence).outcome


# Limits


def _limited(status: int, limit: str = "2", left: str = "0", reset: str = "1s", stream: bool = False) -> Exchange:
    headers = (
        ("x-ratelimit-limit-requests", limit),
        ("x-ratelimit-remaining-requests", left),
        ("x-ratelimit-reset-requests", reset),
        ("retry-after", "1"),
    )
    return answered({}, status=status, headers=headers, kind="text/event-stream" if stream else "application/json")


FIRST, SECOND, OVER = _limited(200, left="1"), _limited(200), _limited(429)


@pytest.mark.parametrize(
    ("answers", "again", "seen"),
    [
        ((FIRST, SECOND, OVER), (), "passed"),
        ((FIRST, SECOND, OVER), (OVER,), "passed"),
        ((FIRST, SECOND, OVER), (FIRST,), "passed"),  # a new window
        ((FIRST, SECOND, OVER), (_limited(403),), "failed"),
        ((FIRST, SECOND, _limited(403)), (), "failed"),
        ((FIRST, SECOND), (), "failed"),
        ((FIRST, answered({}, status=None)), (), "untestable"),
    ],
)
def test_shedding(answers: tuple[Exchange, ...], again: tuple[Exchange, ...], seen: str) -> None:
    assert outcome("limits.status", limits.Spent(answers, again)) == seen


@pytest.mark.parametrize(
    ("first", "second", "headers", "remaining"),
    [
        (FIRST, SECOND, "passed", "passed"),
        (_limited(200, "5", "3", "6m0s"), _limited(200, "5", "0", "20ms"), "passed", "passed"),
        (_limited(200, "5", "1", "1700000000"), _limited(200, "5", reset="2026-01-01T00:00:00Z"), "passed", "passed"),
        (_limited(200, left="many"), SECOND, "failed", "untestable"),
        (_limited(200, left=""), SECOND, "failed", "untestable"),
        (_limited(200, left="-1"), SECOND, "failed", "untestable"),
        (_limited(200, left="1", reset="soon"), SECOND, "failed", "passed"),
        (_limited(200, "9", "8"), _limited(200, "9", "7"), "passed", "failed"),
        (_limited(200, "9", "8"), _limited(200, "9", "8"), "passed", "failed"),
        (_limited(200, "2", "2"), _limited(200, "2", "0"), "passed", "failed"),
        (_limited(200, "1000", "1"), _limited(200, "1000", "0"), "passed", "failed"),
    ],
)
def test_what_is_said_of_a_limit(first: Exchange, second: Exchange, headers: str, remaining: str) -> None:
    spent = limits.Spent((first, second, OVER))
    assert outcome("limits.headers", spent) == headers
    assert outcome("limits.remaining", spent) == remaining


@pytest.mark.parametrize(
    ("first", "second", "headers", "apart"),
    [
        (_limited(404, "5", "4"), _limited(400, "5", "3"), "passed", "passed"),
        (_limited(404, "5", "4"), _limited(400, "5", "4"), "passed", "passed"),  # refusals are not counted
        (_limited(404, "5", "1"), _limited(400, "5", "4"), "passed", "passed"),  # a new window
        (_limited(404, "5", "4"), _limited(400, "5", "2"), "passed", "failed"),
        (answered({}, status=404), _limited(400, "5", "3"), "failed", "untestable"),
        (_limited(404, "5", "4"), answered({}, status=400), "failed", "untestable"),
    ],
)
def test_what_is_said_of_a_limit_in_refusals(first: Exchange, second: Exchange, headers: str, apart: str) -> None:
    spent = limits.Spent((FIRST, SECOND, OVER), mistakes=(first, second))
    assert outcome("limits.headers", spent) == headers
    assert outcome("limits.apart", spent) == apart
    assert outcome("limits.apart", limits.Spent((FIRST, SECOND, OVER))) == "untestable"


def test_every_429_of_a_run_says_when_to_come_back() -> None:
    bare = answered({}, status=429)
    assert REQUIREMENTS["limits.retry-after"].feature == "errors"
    assert outcome("limits.retry-after", [OVER, bare]) == "failed"
    assert outcome("limits.retry-after", [OVER]) == "passed"
    assert outcome("limits.retry-after", [answered({})]) == "untestable"


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("12", "passed"),
        ("Wed, 25 Nov 2026 10:49:50 GMT", "passed"),
        *((each, "failed") for each in ("0", "00", "-1", "1.5", "soon", "", "2026-11-25T10:49:50Z", "²")),
    ],
)
def test_both_forms_of_retry_after(value: str, seen: str) -> None:
    assert outcome("limits.retry-after", [answered({}, status=429, headers=(("retry-after", value),))]) == seen


# Many at once

NONCES = [f"{number:x}{number:x}aa{number:x}bb{number:x}" for number in range(16)]


def _saying(text: str, finish: str = "stop", **message: Any) -> Exchange:
    body = {"role": "assistant", "content": text} | message
    return answered({"choices": [{"index": 0, "message": body, "finish_reason": finish}]})


def _crowd(*special: Exchange) -> Crowd:
    answers = [_saying(f"code {nonce}") for nonce in NONCES]
    answers[: len(special)] = special
    return Crowd(tuple(zip(NONCES, answers, strict=True)))


LATE = answered(status=None, body=b"", end="no answer")
LATE = Exchange(LATE.request, None, end="no answer", error="nothing more within 60 s")


@pytest.mark.parametrize(
    ("special", "seen"),
    [
        ((), "passed"),
        ((answered({}, status=429), answered({}, status=503)), "passed"),
        ((LATE,) * 12, "untestable"),  # one slot and a queue
        ((LATE,) * 16, "failed"),
        ((LATE, answered({}, status=500)), "failed"),
        ((_saying(""),), "failed"),
        ((streamed(delta(role="assistant"), delta("stop")),), "failed"),
        ((_saying(""),) * 12, "failed"),
        ((_saying("", "length"),), "passed"),
        ((_saying("", reasoning_content="hm"),), "passed"),
        ((streamed(delta(reasoning="hm"), delta("stop")),), "passed"),
        ((_saying("yes, of course"),), "failed"),
        ((_saying(f"code {NONCES[0][:5]}"),), "passed"),  # a model that spells badly
        ((_saying("yes, of course"),) * 8, "passed"),  # a model that repeats badly
        ((_saying(f"code {NONCES[1]}"),), "passed"),  # isolation's
        ((_saying(""),) * 16, "passed"),  # chat's own
    ],
)
def test_a_crowd_is_served(special: tuple[Exchange, ...], seen: str) -> None:
    assert outcome("concurrency.served", _crowd(*special)) == seen


def test_an_answer_without_a_choice_hides_no_leak() -> None:
    assert outcome("concurrency.isolation", _crowd(answered({}), _saying(f"code {NONCES[5]}"))) == "failed"


def test_the_client_says_so_when_it_stops_waiting() -> None:
    late, _ = ask(silent, patience=0.2)
    assert (late.end, late.error[:19]) == ("no answer", LATE.error[:19])


@pytest.mark.parametrize(("end", "seen"), [("no answer", "failed"), ("lost", "untestable")])
def test_an_answer_that_is_lost_after_clients_left(end: Any, seen: str) -> None:
    after = Exchange(asked(), None, chunks=(Chunk(0, b""),), end=end, error="gone")
    stream, alone = streamed(), answered({})
    assert outcome("concurrency.leaving", leaving.Left((stream,), alone, after, None, None, stream, stream)) == seen


BROKEN = streamed(delta(role="assistant"), done=False, end="broken")
FAILING = streamed(delta(role="assistant"), {"error": {"message": "gone"}})
ENDLESS = streamed(delta(role="assistant"), done=False, end="timeout")
WHOLE = streamed(delta(role="assistant"), delta("stop"))


@pytest.mark.parametrize(
    ("witness", "before", "after", "seen"),
    [
        (WHOLE, WHOLE, answered({}), "passed"),
        (BROKEN, WHOLE, answered({}), "failed"),
        (FAILING, WHOLE, answered({}), "failed"),
        (streamed(delta(role="assistant")), WHOLE, answered({}), "failed"),
        (answered(status=500), WHOLE, answered({}), "failed"),
        (answered(status=429), WHOLE, answered({}), "untestable"),  # full, and says so
        (ENDLESS, WHOLE, answered({}), "untestable"),  # nobody knows whether it would have come
        (BROKEN, BROKEN, answered({}), "untestable"),  # it breaks off without any leaving
        (WHOLE, WHOLE, Exchange(asked(), None, end="lost", error="gone"), "failed"),
        (WHOLE, WHOLE, answered(status=500), "failed"),
        (WHOLE, WHOLE, Exchange(asked(), None, end="no answer"), "passed"),  # for `concurrency.leaving` to judge
    ],
)
def test_who_stays_gets_the_whole_answer(witness: Exchange, before: Exchange, after: Exchange, seen: str) -> None:
    left = leaving.Left((streamed(end="left"),), answered({}), after, None, None, before, witness)
    assert outcome("concurrency.bystander", left) == seen
