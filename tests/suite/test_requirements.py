"""The registry of requirements: it says what spec/rules says, and nothing that a server sends makes it stumble."""

from __future__ import annotations

import ast
import json
import re
import typing
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import pytest
import wirecheck.requirements
from wirecheck.judging.pool import Pool
from wirecheck.contract import document as contract
from wirecheck.evidence.exchange import Exchange
from wirecheck.features import FEATURES
from wirecheck.judging.requirement import Requirement, requirement, requirements
from wirecheck.judging.verdict import judge

from tests.suite import chaos
from tests.suite.exchanges import CHAT

ALL = requirements()
EXCHANGES = 1000
RECORDS = 800
FORBIDDEN = {
    "httpx2",
    "httpx",
    "requests",
    "schemathesis",
    "socket",
    "time",
    "asyncio",
    "random",
    "pydantic",
    "fastapi",
}


@cache
def _sentences() -> list[tuple[str, str, str, str | None]]:
    """(section, text, level, excuse) of each sentence of spec/rules."""
    sections = json.loads(files("wirecheck_contract").joinpath("rules.json").read_text("utf-8"))["sections"]
    return [
        (section["cites"], " ".join(each["text"].split()), each["level"], each["excuse"])
        for section in sections
        for each in section["sentences"]
    ]


@cache
def _exchanges() -> list[Exchange]:
    random = Random(20260101)  # noqa: S311 - nonsense that can be repeated, nothing secret
    return [chaos.exchange(random) for _ in range(EXCHANGES)]


def test_there_are_many() -> None:
    assert len(ALL) >= 70


def test_ids_are_well_formed_and_unique() -> None:
    assert len({each.id for each in ALL}) == len(ALL)
    for each in ALL:
        assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", each.id), each.id


def test_an_area_of_ids_is_a_module() -> None:
    homes: dict[str, set[str]] = {}
    for each in ALL:
        homes.setdefault(each.id.partition(".")[0], set()).add(each.check.__module__)
    assert {area: len(modules) for area, modules in homes.items() if len(modules) > 1} == {}


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_requirement_is_a_sentence_of_the_section_it_cites(each: Requirement) -> None:
    found = [
        (level, excuse) for cites, text, level, excuse in _sentences() if (cites, text) == (each.cites, each.statement)
    ]
    assert found == [(each.level, None)]
    assert re.findall(r"\b(?:MUST|SHOULD)\b", each.statement) == [each.level]


def test_every_sentence_has_one_requirement_or_an_excuse() -> None:
    judged = [(each.cites, each.statement) for each in ALL]
    for cites, text, _, excuse in _sentences():
        assert judged.count((cites, text)) == (0 if excuse else 1), f"{cites}: {text}"
        assert excuse is None or len(excuse.split()) >= 5, f"{cites}: {text}: {excuse}"


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_features_and_sections_are_known(each: Requirement) -> None:
    assert each.feature in FEATURES
    assert contract.sections()[each.cites].source


def test_every_feature_is_judged() -> None:
    assert {each.feature for each in ALL} == set(FEATURES)


def test_requirements_ask_nobody() -> None:
    folder = Path(wirecheck.requirements.__path__[0])
    modules = sorted(folder.glob("*.py"))
    assert len(modules) > 10
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & FORBIDDEN, f"{module.name}: {names}"


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
        requirement(id_, on=Pool("answer", lambda _: True), cites="chat.md#answers", feature="chat")(check)
    assert requirements() == ALL


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_nothing_that_a_server_sends_makes_a_requirement_stumble(each: Requirement) -> None:
    if isinstance(each.on, Pool):
        outcomes = [judge(each, [exchange]) for exchange in _exchanges()]
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
