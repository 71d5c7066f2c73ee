"""The document: valid against its schema, bounded, safe, and without the key."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from wirecheck.evidence.exchange import Chunk
from wirecheck.judging.requirement import Broken
from wirecheck.judging.verdict import Judgement, Result
from wirecheck.report import json_report

from tests.report import judgements
from tests.report.judgements import KEY, SECTION


def _valid(document: dict[str, Any]) -> None:
    schema = json_report.schema()
    jsonschema_rs.meta.validate(schema)
    errors = [str(each) for each in jsonschema_rs.Draft202012Validator(schema).iter_errors(document)]
    assert errors == []


@pytest.mark.parametrize("judgement", [judgements.plain(), judgements.hostile()], ids=["plain", "hostile"])
def test_the_document_is_valid_and_survives_a_file(judgement: Judgement, tmp_path: Path) -> None:
    document = json_report.document(judgement)
    _valid(document)
    json_report.write(document, tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == document


def test_the_schema_refuses_what_is_no_report() -> None:
    validator = jsonschema_rs.Draft202012Validator(json_report.schema())
    document = json_report.document(judgements.plain())
    for name in document:
        assert not validator.is_valid({key: value for key, value in document.items() if key != name})
    assert not validator.is_valid(document | {"extra": 1})
    assert not validator.is_valid(document | {"verdict": "green"})


def test_the_document_says_what_the_judgement_said() -> None:
    document = json_report.document(judgements.plain())
    assert document["verdict"] == "violates"
    assert document["profiles"][0]["must"] == {"passed": 1, "graded": 3}
    assert document["server"]["features"] == {
        "declared": ["tools"],
        "found": ["models"],
        "absent": ["tools"],
        "unknown": {"auth": "no key was given"},
    }
    first = document["requirements"][0]
    assert (first["id"], first["level"], first["outcome"]) == ("stream.done", "MUST", "failed")
    assert (first["judged"], len(first["violations"]), first["violations_total"]) == (12, 3, 9)
    assert first["cites"] == SECTION.cites
    assert first["source"] == SECTION.source
    evidence = first["violations"][0]["evidence"]
    assert evidence["timeline"] == [
        {"at": 0.01, "event": 'data: {"choices": [{"delta": {"content": "hello"}}]}'},
        {"at": 0.02, "event": 'data: {"choices": []}'},
    ]
    assert evidence["response"]["status"] == 200
    assert first["violations"][2]["evidence"]["response"]["status"] is None
    assert document["requirements"][2]["deviation"] == "fixed in 2.0"


def test_nothing_of_a_hostile_server_is_raw_or_endless() -> None:
    document = json_report.document(judgements.hostile())
    text = json.dumps(document, allow_nan=False)
    for raw in ("\\u001b", "\\u0000", "\\u009b", "\\u202e", "\\ud800", "\\u0007"):
        assert raw not in text.replace("\\\\", "")
    assert "\\\\x1b[31mred" in text
    assert len(text) < 150_000
    timeline = document["requirements"][0]["violations"][1]["evidence"]["timeline"]
    assert [each["omitted"] for each in timeline if "omitted" in each] == [460]
    assert len(timeline) == 41
    assert timeline[-1]["event"].startswith("data: 499")
    assert document["cost"]["seconds"] is None


SPELLINGS = {
    "plain": KEY,
    "upper case": KEY.upper(),
    "JSON": json.dumps(KEY)[1:-1],
    "JSON with escaped slashes": json.dumps(KEY)[1:-1].replace("/", "\\/"),
    "JSON in JSON": json.dumps(json.dumps({"k": KEY})),
    "URL": quote(KEY, safe=""),
    "a path": quote(KEY),
    "hex": KEY.encode().hex(),
    "base64": base64.b64encode(KEY.encode()).decode(),
    "base64 for URLs": base64.urlsafe_b64encode(KEY.encode()).decode(),
    "basic": base64.b64encode(b"user:" + KEY.encode()).decode(),
    "bearer in base64": base64.b64encode(b"Bearer " + KEY.encode() + b"!").decode(),
    "Python": repr(KEY),
    "its first part": KEY[:14] + "...",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_key_is_in_no_place_of_the_document(name: str) -> None:
    spelling = SPELLINGS[name]
    bodies = spelling.encode() + b" " * 100
    parts = [Chunk(0.1 * place, bodies[place : place + 3]) for place in range(0, len(bodies), 3)]
    headers = (("x-echo", spelling), (spelling, "name"), ("content-type", "text/event-stream"))
    request = judgements.asked(bodies, url=f"http://h/v1/{spelling}", headers=(("x-key", spelling),))
    exchange = judgements.answered(request=request, headers=headers, error=spelling, chunks=tuple(parts))
    event = judgements.streamed(spelling, headers=headers)
    long = judgements.answered(b"x" * 1990 + spelling.encode() + b"y" * 100_000)
    broken = tuple(Broken(f"got {spelling!r}" + "z" * 1000, each) for each in (exchange, event, long))
    judged = judgements.judgement(
        Result(judgements.about("auth.key"), "failed", spelling, broken, 3),
        Result(judgements.about("auth.odd"), "errored", "e" * 5000 + spelling),
        url=f"http://{spelling}/v1",
        model=spelling,
        notes=(spelling,),
        features={"auth": spelling},
    )
    shown = json.dumps(json_report.document(judged)).lower()
    # In base64 the first characters are those of another word; else no ten characters of any spelling are left.
    bare = spelling.strip("\"'.{} k:").lower()[12 if "in base64" in name else 0 :]
    assert len(bare) > 11
    assert [bare[start : start + 10] for start in range(len(bare) - 9) if bare[start : start + 10] in shown] == []
    assert "$wirecheck_api_key" in shown


def test_a_short_key_leaves_other_words_alone() -> None:
    exchange = judgements.answered(b'{"max": "x", "next": "extra"}')
    judged = judgements.judgement(
        Result(judgements.about("auth.key"), "failed", "", (Broken("m", exchange),), 1), secrets=("x",)
    )
    document = json_report.document(judged)
    body = document["requirements"][0]["violations"][0]["evidence"]["response"]["body"]
    assert body == '{"max": "x", "next": "extra"}'


def test_a_key_that_is_a_word_of_ours_changes_no_verdict() -> None:
    document = json_report.document(
        judgements.judgement(*judgements.plain().results, secrets=("violates", "stream.done"))
    )
    _valid(document)
    assert document["verdict"] == "violates"
    assert document["requirements"][0]["id"] == "stream.done"


def test_lines_of_ndjson_have_their_times() -> None:
    exchange = judgements.answered(
        b"",
        headers=(("content-type", "application/x-ndjson"),),
        chunks=(Chunk(0.1, b'{"a":1}\n{"b'), Chunk(0.3, b'":2}\n{')),
    )
    result = Result(judgements.about("ndjson.lines"), "failed", "", (Broken("cut", exchange),), 1)
    document = json_report.document(judgements.judgement(result))
    assert document["requirements"][0]["violations"][0]["evidence"]["timeline"] == [
        {"at": 0.1, "event": '{"a":1}'},
        {"at": 0.3, "event": '{"b":2}'},
        {"at": 0.3, "event": "unfinished: {"},
    ]


def test_what_is_odd_in_a_stream_is_in_its_timeline() -> None:
    exchange = judgements.streamed(
        "one", chunks=(Chunk(0.1, b"data:one\n\nfoo: bar\n\n"), Chunk(0.2, b"data: \xff\n\n"))
    )
    result = Result(judgements.about("stream.lines"), "failed", "", (Broken("odd", exchange),), 1)
    timeline = json_report.document(judgements.judgement(result))["requirements"][0]["violations"][0]["evidence"][
        "timeline"
    ]
    shown = [each["event"] for each in timeline]
    assert "no space: data:one" in shown
    assert "data: one" in shown
    assert "unknown line: foo: bar" in shown


def test_what_takes_two_requests_to_see_shows_both_commands() -> None:
    first, then = judgements.answered(request=judgements.asked({"n": 0})), judgements.answered(status=None)
    endless = replace(first, end="too long")
    for before, patience in ((first, ""), (endless, "-m 10 ")):
        result = Result(judgements.about("a.b"), "failed", violations=(Broken("silent", then, before),), count=1)
        (seen,) = json_report.document(judgements.judgement(result))["requirements"][0]["violations"]
        commands = seen["evidence"]["curl"].split("\n")
        assert commands[::2] == ["# first", "# then"]
        assert commands[1].startswith(f"curl {patience}-i ")
        assert commands[1].endswith("""--data-binary '{"n": 0}'; echo""")
        assert "-m" not in commands[3].split()
