"""The Markdown page: everything is on it, and nothing of the server becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

from wirecheck.judging.requirement import Broken
from wirecheck.judging.verdict import Judgement, Result
from wirecheck.report import json_report, markdown

from tests.report import judgements


def _written(judgement: Judgement, folder: Path) -> str:
    path = folder / "report.md"
    markdown.write(json_report.document(judgement), path)
    return path.read_text("utf-8")


def _outside_of_code(page: str) -> str:
    """The page without its fenced blocks and code spans, found as CommonMark finds them."""
    kept: list[str] = []
    fence = ""
    for line in page.split("\n"):
        opened = re.match(r"(`{3,})[^`]*$", line)
        if fence:
            fence = "" if re.fullmatch(rf"`{{{len(fence)},}}\s*", line) else fence
        elif opened:
            fence = opened[1]
        else:
            kept.append(re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "CODE", line))
    assert not fence
    return "\n".join(kept)


def test_the_page_says_all(tmp_path: Path) -> None:
    page = _written(judgements.plain(), tmp_path)
    for wanted in (
        "# ❌ `http://localhost:8000/v1`: violates (profile core)",
        "| core | ❌ violates | 1/3 | 0/1 | 1 | 2 | 1 |",
        "## MUST: broken (1)",
        "### `stream.done`",
        "> A stream MUST say `stream.done` at its end.",
        "```sh\ncurl -N",
        "<summary>The stream, event by event</summary>",
        "… and 6 more.",
        "## SHOULD: not followed (1)",
        "## Known deviations (1)",
        "Known: `fixed in 2.0`",
        "- untestable, `no key was given`: `auth.missing`, `auth.wrong`",
        "- unsupported, `tool calls`: `tools.index`",
        "- errored, `KeyError: 'choices'`: `chat.odd`",
    ):
        assert wanted in page
    assert page.count("<details>") == page.count("</details>") == 4


def test_nothing_of_a_hostile_server_is_markup(tmp_path: Path) -> None:
    page = _written(judgements.hostile(), tmp_path)
    assert not any(char in page for char in "\x00\x07\x1b\x9b\u202e")
    assert judgements.KEY not in page
    bare = _outside_of_code(page)
    assert "<script>" in page
    assert "<script>" not in bare
    assert "[x](y)" not in bare
    assert bare.count("<details>") == bare.count("</details>")


def test_an_answer_cannot_close_its_fence(tmp_path: Path) -> None:
    exchange = judgements.answered(b"x\n```\n````\n<b>out</b>\n")
    result = Result(judgements.about("errors.body"), "failed", "", (Broken("`a``b`", exchange),), 1)
    page = _written(judgements.judgement(result), tmp_path)
    assert "<b>out</b>" in page
    assert "<b>out</b>" not in _outside_of_code(page)
    assert "- ``` `a``b` ```" in page
