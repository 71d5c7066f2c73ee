"""The order of a stream: the tables know every step, and each rule is broken by its own stream."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any, get_args

import pytest
from wirecheck.areas.chat.chunk_order import CHOICE, STREAM, Rule, walk
from wirecheck.evidence.exchange import ABSENT

from tests.suite import chaos
from tests.suite.exchanges import delta, head

ROLE = delta(role="assistant", content="")
TEXT = delta(content="a")
CALL = delta(tool_calls=[{"index": 0}])
STOP = delta("stop")
USAGE = head(usage={"total_tokens": 1})
ERROR = {"error": {"message": "No."}}
DONE = "[DONE]"


def test_the_table_of_a_choice_is_whole() -> None:
    assert set(CHOICE) == set(product(("fresh", "open", "finished"), ("role", "delta", "text", "finish")))
    assert {after for after, _ in CHOICE.values()} <= {state for state, _ in CHOICE}


def test_the_table_of_a_stream_is_whole() -> None:
    symbols = ("chunk", "usage", "done", "error", "noise")
    assert set(STREAM) == set(product(("running", "counted", "failed", "ended"), symbols))
    assert {after for after, _ in STREAM.values()} <= {state for state, _ in STREAM}


def test_every_rule_stands_in_a_table() -> None:
    assert {rule for _, rule in (*CHOICE.values(), *STREAM.values()) if rule} == set(get_args(Rule))


@pytest.mark.parametrize(
    "payloads",
    [
        [],
        [ROLE, TEXT, STOP, DONE],
        [ROLE, TEXT, STOP, USAGE, DONE],
        [ROLE, CALL, CALL, delta("tool_calls"), DONE],
        [delta("stop", role="assistant", content="all at once"), DONE],
        [delta(role="assistant", content="a"), delta(role="assistant", content="b"), STOP, DONE],
        [ROLE, delta(role="assistant", index=1), delta("stop", index=1), TEXT, STOP, DONE],
        [ROLE, TEXT, ERROR, DONE],
        [ROLE, ERROR],
        [ROLE | {"error": None}, STOP | {"error": None}, DONE],
        [head(), ROLE, delta(content=""), delta(content=None), STOP, delta(content=""), DONE],
        [head(choices=[], usage=None), ROLE, STOP, DONE],
        [ROLE | {"usage": None}, delta("", content="a"), delta("null", content="b"), STOP, DONE],
        [ROLE, STOP, USAGE, ABSENT],
        [ROLE, STOP, USAGE, "[done]", 5, DONE],
        [delta(role="assistant", index=None), TEXT, delta("stop", index="0"), STOP, DONE],
    ],
)
def test_a_stream_in_order_breaks_nothing(payloads: list[Any]) -> None:
    assert list(walk(payloads)) == []


@pytest.mark.parametrize(
    ("rule", "event", "payloads"),
    [
        ("role first", 1, [TEXT, ROLE, STOP, DONE]),
        ("role first", 1, [STOP, DONE]),
        ("role first", 1, [CALL, STOP, DONE]),
        ("role first", 2, [ROLE, delta(content="b", index=1), STOP, DONE]),
        ("finish once", 3, [ROLE, STOP, STOP, DONE]),
        ("finish last", 3, [ROLE, STOP, TEXT, DONE]),
        ("finish last", 3, [ROLE, STOP, ROLE, DONE]),
        ("done once", 4, [ROLE, STOP, DONE, DONE]),
        ("done last", 4, [ROLE, STOP, DONE, head()]),
        ("done last", 4, [ROLE, STOP, DONE, USAGE]),
        ("done last", 4, [ROLE, STOP, DONE, ERROR]),
        ("done last", 4, [ROLE, STOP, DONE, ABSENT]),
        ("usage last", 4, [ROLE, TEXT, USAGE, STOP, DONE]),
    ],
)
def test_each_rule_is_broken_by_its_stream(rule: Rule, event: int, payloads: list[Any]) -> None:
    found = list(walk(payloads))
    assert [(breach.rule, breach.event) for breach in found] == [(rule, event)]
    assert f"event {event}" in found[0].message


def test_choices_are_told_apart() -> None:
    messages = [
        breach.message for breach in walk([ROLE, delta("stop", role="assistant", index=2), delta("length", index=2)])
    ]
    assert messages == ["event 3: choice 2 was finished, then came a finish_reason"]


def test_any_walk_comes_to_its_end() -> None:
    random = Random(99)  # noqa: S311 - a walk that can be repeated, nothing secret
    steps: list[Any] = [ROLE, TEXT, CALL, STOP, USAGE, ERROR, DONE, head(), {}, None, 5, "text", [], [DONE]]
    seen = set()
    for _ in range(2000):
        payloads = random.choices(steps, k=random.randint(0, 12))
        payloads += [chaos.mutated(random, random.choice(steps), 0.2) for _ in range(3)]
        seen |= {breach.rule for breach in walk(payloads)}
    assert seen == set(get_args(Rule))
