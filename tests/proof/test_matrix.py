"""What the full matrix makes of what was seen: which faults are exact, which lines of a file still count."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.proof.judging import faults
from tests.proof.matrix import Seen, main, read
from tests.proof.sources import digest

FAULT = next(fault for fault in faults() if fault.name == "never-says-done")


def seen(*failed: str, digest_: str | None = None, broke: str = "") -> Seen:
    """What was seen of the fault, today where no other digest is given."""
    return Seen(FAULT.name, digest_ or digest(FAULT), dict.fromkeys(failed, "said"), 1.0, broke)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (seen("stream.done"), []),
        (seen(), ["does not fail stream.done"]),
        (seen("stream.done", "stream.ends"), ["fails stream.ends too: said"]),
        (seen(broke="no answer"), ["the run broke: no answer", "does not fail stream.done"]),
    ],
)
def test_less_and_more_than_a_fault_names_is_wrong(found: Seen, wrong: list[str]) -> None:
    assert found.wrong(FAULT) == wrong


def test_lines_count_as_long_as_they_are_of_today(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    assert read(path) == {}
    old, new = seen("stream.ends", digest_="0" * 64), seen("stream.done")
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in (new, old)) + '{"fault": "never-')
    assert read(path) == {FAULT.name: new}


def test_what_is_known_is_not_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[dict[str, frozenset[str]]] = []
    monkeypatch.setattr("tests.proof.kill_table.write", pages.append)
    path = tmp_path / "results.jsonl"
    known = {
        fault.name: Seen(fault.name, digest(fault), dict.fromkeys(sorted(fault.breaks), ""), 1.0) for fault in faults()
    }
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in known.values()))
    done = CliRunner().invoke(main, ["--results", str(path)])
    assert (done.exit_code, pages) == (0, [{fault.name: fault.breaks for fault in faults()}])
    path.write_text(path.read_text() + json.dumps(asdict(seen("stream.ends"))) + "\n")
    done = CliRunner().invoke(main, ["--results", str(path)])
    assert done.exit_code == 1
    assert "fails stream.ends too" in done.output
    assert pages[-1][FAULT.name] == {"stream.ends"}, "the page tells what was seen"


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "x/y"])
def test_a_shard_that_there_is_not_is_refused(shard: str) -> None:
    assert CliRunner().invoke(main, ["--shard", shard]).exit_code == 2
