"""The registry of requirements: it says what spec/rules says, and nothing that a server sends makes it stumble."""

from __future__ import annotations

import re
import typing
from functools import cache
from random import Random
from typing import Any

import pytest
from wirecheck.area import areas, features
from wirecheck.contract.rules import sentences
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Pool, Records
from wirecheck.judging.requirement import Requirement, requirement, requirements
from wirecheck.judging.verdict import judge

from tests.suite import chaos
from tests.suite.exchanges import CHAT

ALL = requirements()
EXCHANGES = 1000
RECORDS = 800


@cache
def _exchanges() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - nonsense that can be repeated, nothing secret
    return [chaos.exchange(random) for _ in range(EXCHANGES)]


def test_ids_are_well_formed_and_unique() -> None:
    assert len({each.id for each in ALL}) == len(ALL)
    for each in ALL:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*", each.id), each.id


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_requirement_is_the_sentence_of_its_id(each: Requirement) -> None:
    sentence = sentences()[each.id]
    assert (sentence.text, sentence.level, sentence.excuse) == (each.statement, each.level, None)
    assert re.findall(r"\b(?:MUST|SHOULD)\b", each.statement) == [each.level]
    assert each.section.source


def test_every_sentence_has_a_requirement_or_an_excuse() -> None:
    judged = {each.id for each in ALL}
    for sentence in sentences().values():
        assert (sentence.id in judged) == (sentence.excuse is None), sentence.id
        assert sentence.excuse is None or len(sentence.excuse.split()) >= 5, sentence.id


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_requirement_stands_where_its_sentence_does(each: Requirement) -> None:
    _, _, area, _, *topic = each.check.__module__.split(".")
    assert each.section.cites.partition("#")[0] == f"{area}/{(topic or [area])[0]}.md"


def test_every_area_is_in_the_rules_and_every_feature_is_known() -> None:
    assert {each.section.cites.partition("/")[0] for each in sentences().values()} == set(areas())
    assert {each.feature for each in ALL} <= set(features())


def test_every_feature_is_judged() -> None:
    assert {each.feature for each in ALL} == set(features())


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("test.none", "A server answers."),
        ("test.two", "A server MUST answer and SHOULD be kind."),
        ("Test.Case", "A server MUST answer."),
        ("test", "A server MUST answer."),
        ("stream.done", "A server MUST answer."),
    ],
)
def test_a_requirement_that_is_none_is_not_registered(id_: str, sentence: str) -> None:
    def check(_: Any) -> Any:
        yield from ()

    check.__doc__ = sentence
    with pytest.raises(ValueError, match=id_):
        requirement(id_, on=Pool("answer", lambda _: True), feature="chat")(check)
    assert requirements() == ALL


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_nothing_that_a_server_sends_makes_a_requirement_stumble(each: Requirement) -> None:
    if isinstance(each.on, Pool):
        outcomes = [judge(each, [exchange]) for exchange in _exchanges()]
    elif isinstance(each.on, Records):
        outcomes = [judge(each, _exchanges()[start::3]) for start in range(3)]
    else:
        random = Random(each.id)  # noqa: S311 - nonsense that can be repeated, nothing secret
        kind = typing.get_type_hints(each.on.ask)["return"]
        likely = [exchange for exchange in _exchanges() if exchange.status == 200 and exchange.request.path == CHAT]
        pools = (_exchanges(), likely)
        outcomes = [judge(each, chaos.record(random, kind, random.choice(pools))) for _ in range(RECORDS)]
    stumbled = [result.reason for result in outcomes if result.outcome == "errored"]
    assert not stumbled, stumbled[0]
    for result in outcomes:
        for violation in result.violations:
            assert violation.message.strip()
            violation.message.encode()
    assert {result.outcome for result in outcomes} != {"untestable"}, "the nonsense shows this requirement nothing"
