"""What the table makes of what was seen: which lines of a file still count, and what the data file holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tests.clients.driving import CLIENTS
from tests.clients.table import Seen, data, main, read
from tests.proof.judging import faults

FAULT = "never-says-done"
CALLS = {client.name: ["chat"] for client in CLIENTS}


def seen(client: str, fault: str = FAULT, digest: str = "today", **calls: tuple[str, str]) -> Seen:
    """What a client was seen to make of a fault."""
    return Seen(client, fault, digest, calls, 1.0)


def test_lines_count_as_long_as_they_are_of_today(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    assert read(path, "today") == {}
    lines = [seen("litellm"), seen("litellm", digest="yesterday"), seen("langchain", digest="yesterday")]
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in lines) + '{"client": "open')
    assert read(path, "today") == {("litellm", FAULT): lines[0]}


def test_the_data_file_holds_the_worst_of_what_was_not_fine() -> None:
    known = {(client.name, fault.name): seen(client.name, fault.name) for client in CLIENTS for fault in faults()}
    known["litellm", FAULT] = seen("litellm", chat=("raises", "x"), stream=("silently wrong", "y"))
    versions = {client.name: {"package": "1.0"} for client in CLIENTS}
    table = data(known, versions, CALLS)
    harmed = {name: each["harmed"] for name, each in table["faults"].items() if each["harmed"]}
    assert harmed == {FAULT: {"litellm": {"outcome": "silently wrong", "call": "stream"}}}
    assert table["faults"][FAULT]["breaks"] == ["stream.done"]
    assert table["clients"]["litellm"]["versions"] == {"package": "1.0"}


def test_what_is_kept_stays_and_what_is_new_counts() -> None:
    kept: dict[str, Any] = {fault.name: {"harmed": {}} for fault in faults()}
    kept[FAULT] = {"harmed": {"litellm": {"outcome": "raises", "call": "stream"}}}
    new = {("openai-node", FAULT): seen("openai-node", stream=("hangs", "x"))}
    table = data(new, {client.name: {"package": "1.0"} for client in CLIENTS}, CALLS, kept)
    assert table["faults"][FAULT]["harmed"] == {
        "openai-node": {"outcome": "hangs", "call": "stream"},
        "litellm": {"outcome": "raises", "call": "stream"},
    }


def test_who_has_no_call_to_what_a_fault_touches_is_named() -> None:
    kept: dict[str, Any] = {fault.name: {"harmed": {}} for fault in faults()}
    calls = CALLS | {"openai-python": ["chat", "file"]}
    table = data({}, {client.name: {"package": "1.0"} for client in CLIENTS}, calls, kept)["faults"]
    assert table["lists-files-without-object"]["unreached"] == [name for name in CALLS if name != "openai-python"]
    assert "unreached" not in table[FAULT]


def test_a_client_that_there_is_not_is_refused() -> None:
    assert CliRunner().invoke(main, ["--client", "nobody"]).exit_code == 2
