"""The reports tell what a broken requirement was seen to do to clients, where it was seen."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from rich.console import Console
from wirecheck import impact
from wirecheck.report import harm, json_report, markdown, terminal

from tests.report import judgements

TABLE: dict[str, Any] = {
    "clients": {"one": {"what": "", "versions": {"one": "1.2"}}, "two": {"what": "", "versions": {"two": "3"}}},
    "faults": {
        "never-ends": {
            "breaks": ["stream.done"],
            "harmed": {
                "one": {"outcome": "raises", "call": "stream"},
                "two": {"outcome": "silently wrong", "call": "stream"},
            },
        },
        "tells-no-time": {"breaks": ["errors.type"], "harmed": {}},
    },
}
FULL = "silently wrong: two 3 (never-ends); raises: one 1.2 (never-ends)"


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact, "table", lambda: TABLE)


def _shown(*, verbose: bool) -> str:
    out = io.StringIO()
    terminal.render(json_report.document(judgements.plain()), Console(file=out, width=100), verbose)
    return out.getvalue()


def test_the_document_holds_the_harm() -> None:
    document = json_report.document(judgements.plain())
    assert jsonschema_rs.Draft202012Validator(json_report.schema()).is_valid(document)
    found = {each["id"]: each["clients"] for each in document["requirements"]}
    assert found["stream.done"] == [
        {"client": "two", "version": "3", "outcome": "silently wrong", "fault": "never-ends", "shared": False},
        {"client": "one", "version": "1.2", "outcome": "raises", "fault": "never-ends", "shared": False},
    ]
    assert found["errors.type"] == []
    assert found["models.list"] is None


def test_harm_in_words() -> None:
    document = json_report.document(judgements.plain())
    by_id = {each["id"]: each for each in document["requirements"]}
    assert harm.full(by_id["stream.done"]) == FULL
    assert harm.brief(by_id["stream.done"]) == "silently wrong: two; raises: one"
    assert harm.full(by_id["errors.type"]) == "none was harmed in what was tried"
    assert harm.brief(by_id["errors.type"]) == ""
    assert harm.full(by_id["models.list"]) == harm.brief(by_id["models.list"]) == ""


def test_the_terminal_tells_it_in_brief_and_in_full() -> None:
    assert "  Clients, where this is broken: silently wrong: two; raises: one\n" in _shown(verbose=False)
    assert f"  Clients, where this is broken: {FULL}\n" in _shown(verbose=True)
    assert "none was harmed" not in _shown(verbose=False)


def test_the_page_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    markdown.write(json_report.document(judgements.plain()), path)
    text = path.read_text("utf-8")
    assert f"\nClients, where this is broken: {FULL}\n" in text
    assert "\nClients, where this is broken: none was harmed in what was tried\n" in text
