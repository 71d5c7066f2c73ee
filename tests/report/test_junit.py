"""The JUnit file: the shape that CI systems read, green only where the verdict is, and harmless."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from rich.console import Console
from wirecheck.judging.verdict import Judgement, Result, Tally
from wirecheck.report import json_report, junit, terminal

from tests.report import judgements

# Element: attributes that it must have, those that it may have besides, and its children.
SHAPE: Final = {
    "testsuites": ({"name"}, {"time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests"}, {"time", "failures", "errors", "skipped"}, {"properties", "testcase"}),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name", "classname"}, {"time"}, {"skipped", "failure", "error", "system-out"}),
    "skipped": (set(), {"message", "type"}, set()),
    "failure": (set(), {"message", "type"}, set()),
    "error": (set(), {"message", "type"}, set()),
    "system-out": (set(), set(), set()),
}


def _written(judgement: Judgement, folder: Path) -> ElementTree.Element:
    path = folder / "junit.xml"
    junit.write(json_report.document(judgement), path)
    return ElementTree.parse(path).getroot()  # noqa: S314 - what we wrote a line above


def _shaped(element: ElementTree.Element) -> None:
    must, may, children = SHAPE[element.tag]
    assert must <= set(element.attrib) <= must | may, element.attrib
    for child in element:
        assert child.tag in children
        _shaped(child)


@pytest.mark.parametrize("judgement", [judgements.plain(), judgements.hostile()], ids=["plain", "hostile"])
def test_the_file_has_the_shape_that_ci_reads(judgement: Judgement, tmp_path: Path) -> None:
    root = _written(judgement, tmp_path)
    _shaped(root)
    suite = root[0]
    assert [child.tag for child in suite][:2] == ["properties", "testcase"]
    assert int(suite.attrib["tests"]) == len(judgement.results) + 1
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == len(list(root.iter(tag)))
    raw = (tmp_path / "junit.xml").read_text("utf-8")
    assert judgements.KEY not in raw
    assert not any(char in raw for char in "\x00\x07\x1b\x9b\u202e")


def test_each_outcome_has_its_place(tmp_path: Path) -> None:
    cases = {case.attrib["name"]: case for case in _written(judgements.plain(), tmp_path).iter("testcase")}
    inside = {name: [child.tag for child in case] for name, case in cases.items()}
    assert inside == {
        "core": ["system-out"],
        "stream.done": ["failure"],
        "errors.type": ["system-out"],
        "chat.created": ["skipped", "system-out"],
        "models.list": [],
        "tools.index": ["skipped"],
        "auth.missing": ["skipped"],
        "auth.wrong": ["skipped"],
        "chat.odd": ["error"],
    }
    failure = cases["stream.done"][0]
    assert cases["stream.done"].attrib["classname"] == "stream"
    assert failure.attrib["message"].startswith("the stream ended with")
    assert "curl -N" in (failure.text or "")
    assert cases["auth.missing"][0].attrib["message"] == "untestable: no key was given"
    assert cases["chat.created"][0].attrib["message"] == "known deviation: fixed in 2.0"
    assert cases["chat.odd"][0].attrib["message"] == "KeyError: 'choices'"


def test_the_properties_name_the_run(tmp_path: Path) -> None:
    found = {
        each.attrib["name"]: each.attrib["value"] for each in _written(judgements.plain(), tmp_path).iter("property")
    }
    assert (found["verdict"], found["seed"], found["url"]) == ("violates", "1", judgements.URL)


def test_a_run_that_saw_too_little_is_not_green(tmp_path: Path) -> None:
    line = Tally("core", "cannot tell", (0, 0), (0, 0), 0, 1, 0, ("only 0 of 1 MUSTs could be graded",))
    unseen = Result(judgements.about("stream.done"), "untestable", "no stream was seen")
    root = _written(judgements.judgement(unseen, tallies=(line,)), tmp_path)
    assert root.attrib["errors"] == "1"
    assert root.find("testsuite/testcase/error") is not None


def test_a_server_that_conforms_is_green(tmp_path: Path) -> None:
    root = _written(judgements.judgement(Result(judgements.about("stream.done"), "passed", judged=1)), tmp_path)
    assert (root.attrib["failures"], root.attrib["errors"], root.attrib["tests"]) == ("0", "0", "2")


def test_failures_are_the_musts_that_the_text_calls_broken(tmp_path: Path) -> None:
    results = [Result(judgements.about(f"a.{name}"), "failed", count=1) for name in ("one", "two")]
    results += [
        Result(judgements.about("a.three", "SHOULD"), "failed", count=1),
        Result(judgements.about("a.four"), "failed", count=1, deviation="known"),
    ]
    judged = judgements.judgement(*results)
    shown = io.StringIO()
    terminal.render(json_report.document(judged), Console(file=shown, width=80))
    assert _written(judged, tmp_path).attrib["failures"] == "2"
    assert "MUST: 2 broken" in shown.getvalue()


def test_what_violates_by_no_must_is_an_error(tmp_path: Path) -> None:
    line = Tally("core", "violates", (1, 1), (0, 0), 0, 0, 0, ("known deviations that passed: a.b",))
    passed = Result(judgements.about("a.b"), "passed", judged=1)
    root = _written(judgements.judgement(passed, tallies=(line,)), tmp_path)
    assert (root.attrib["failures"], root.attrib["errors"]) == ("0", "1")
