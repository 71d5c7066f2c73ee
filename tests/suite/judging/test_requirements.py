"""The registry of requirements: it says what spec/rules says, and nothing that a server sends makes it stumble."""

from __future__ import annotations

import re
import typing
from functools import cache, partial
from random import Random
from typing import Any

import pytest
from wirecheck.area import areas, features
from wirecheck.contract.rules import sentences
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.pool import Pool, Records
from wirecheck.judging.requirement import Requirement, requirement, requirements
from wirecheck.judging.verdict import judge

from tests.suite import batch_chaos, chaos, hook_chaos, text_chaos
from tests.suite.chaos_records import record

ALL = requirements()
EXCHANGES = 1000
# So many records are tried, and up to so many where none of them showed a requirement anything.
RECORDS, MOST_RECORDS = 500, 20_000


@cache
def _exchanges() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - nonsense that can be repeated, nothing secret
    found = [chaos.exchange(random) for _ in range(EXCHANGES)]
    # Drawn by themselves: what is added to the others leaves them as they are.
    own = Random(20260102)  # noqa: S311 - the same
    return [*found, *(chaos.embedding(own) for _ in range(EXCHANGES // 4))]


@cache
def _files() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - the same
    return [*_exchanges(), *(chaos.file(random) for _ in range(EXCHANGES // 4))]


@cache
def _texts() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - the same
    return [text_chaos.exchange(random) for _ in range(EXCHANGES)]


@cache
def _conversations() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - the same
    return [*_exchanges(), *(chaos.conversation(random) for _ in range(EXCHANGES // 4))]


@cache
def _batches() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - the same
    return [batch_chaos.exchange(random) for _ in range(EXCHANGES)]


@cache
def _hooks() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - the same
    return [hook_chaos.exchange(random) for _ in range(EXCHANGES)]


def _nonsense(each: Requirement) -> list[Exchange]:
    """Exchanges of the area that a requirement is of, where there is nonsense of its own, or of all others."""
    if each.section.cites.startswith("batches/"):
        return _batches()
    if each.section.cites.startswith(("events/", "webhooks/")):
        return _hooks()
    if each.section.cites.startswith("conversations/"):
        return _conversations()
    if each.section.cites.startswith("files/"):
        return _files()
    return _texts() if each.section.cites.startswith("completions/") else _exchanges()


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
        outcomes = [judge(each, [exchange]) for exchange in _nonsense(each)]
    elif isinstance(each.on, Records):
        outcomes = [judge(each, _nonsense(each)[start::3]) for start in range(3)]
    else:
        random = Random(each.id)  # noqa: S311 - nonsense that can be repeated, nothing secret
        kind = typing.get_type_hints(each.on.ask)["return"]
        place = {"batches": "", "embeddings": "/embeddings", "files": "/files", "events": "", "webhooks": ""}.get(
            each.section.cites.partition("/")[0], "/completions"
        )
        likely = [one for one in _nonsense(each) if one.status in (200, 206) and place in one.request.path]
        pools = (_nonsense(each), likely)
        others = {Arrival: partial(hook_chaos.arrival, random)}
        outcomes = []
        while len(outcomes) < RECORDS or (
            len(outcomes) < MOST_RECORDS and all(result.outcome == "untestable" for result in outcomes[-RECORDS:])
        ):
            outcomes.append(judge(each, record(random, kind, random.choice(pools), others)))
    stumbled = [result.reason for result in outcomes if result.outcome == "errored"]
    assert not stumbled, stumbled[0]
    for result in outcomes:
        for violation in result.violations:
            assert violation.message.strip()
            violation.message.encode()
    assert {result.outcome for result in outcomes} != {"untestable"}, "the nonsense shows this requirement nothing"
