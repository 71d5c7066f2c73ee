"""Rules in Markdown become rules.json, and what is not in their form is refused with file and line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.spec.test_generation import ROOT, generate, refusal

SAMPLE = """# Streaming

What stands here speaks of the whole page.

## The end of a stream (`[DONE]`)
Source: OpenAI's
  documentation, and its SDKs.

Clients wait for the end.
Without it they hang.

- [stream.done] A stream that ran to its end MUST say so
  with `data: [DONE]`.
- [stream.closed-after-2]
  The body SHOULD NOT stay open.
  Not judged: nobody
  can wait forever.

A second reason.

## Time
Source: this project.
- [stream.as-produced] Bytes SHOULD arrive as produced.
- [empty-chunks.none] A chunk MUST NOT be empty.
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of spec/ whose rules are to be written."""
    copy = shutil.copytree(ROOT / "spec", tmp_path / "spec")
    shutil.rmtree(copy / "rules", ignore_errors=True)
    (copy / "rules").mkdir()
    return copy


def write(spec: Path, page: str, text: str) -> None:
    """Writes a page of rules, such as `chat/streaming`."""
    path = spec / "rules" / f"{page}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_sections_and_sentences_are_compiled(spec: Path, tmp_path: Path) -> None:
    write(spec, "chat/streaming", SAMPLE)
    write(spec, "errors/errors", "# Errors\n\n## One envelope\nSource: x.\n- [errors.is] It MUST be.\n")
    write(spec, "chat/audio", "# Audio\n")
    done = generate(f"--spec={spec}", f"--target={tmp_path / 'out'}")
    assert done.returncode == 0, done.stderr
    sections = json.loads((tmp_path / "out" / "rules.json").read_text(encoding="utf-8"))["sections"]
    assert [each["cites"] for each in sections] == [
        "chat/streaming.md#the-end-of-a-stream-done",
        "chat/streaming.md#time",
        "errors/errors.md#one-envelope",
    ]
    assert sections[0] == {
        "cites": "chat/streaming.md#the-end-of-a-stream-done",
        "area": "chat",
        "title": "The end of a stream (`[DONE]`)",
        "source": "OpenAI's documentation, and its SDKs.",
        "why": "Clients wait for the end. Without it they hang.\n\nA second reason.",
        "sentences": [
            {
                "id": "stream.done",
                "text": "A stream that ran to its end MUST say so with `data: [DONE]`.",
                "level": "MUST",
                "excuse": None,
            },
            {
                "id": "stream.closed-after-2",
                "text": "The body SHOULD NOT stay open.",
                "level": "SHOULD",
                "excuse": "nobody can wait forever.",
            },
        ],
    }
    assert [each["level"] for each in sections[1]["sentences"]] == ["SHOULD", "MUST"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n## S\nSource: x.\n\n- [a.b] It is so.\n", "bad.md:5: 0 keywords"),
        ("# A\n## S\nSource: x.\n- [a.b] It must be so.\n", "bad.md:4: 0 keywords"),
        ("# A\n## S\nSource: x.\n- [a.b] It MUST be so\n  and SHOULD stay so.\n", "bad.md:4: 2 keywords"),
        ("# A\n## S\n- [a.b] It MUST be so.\n", "bad.md:2: section 'S' needs one line 'Source: ...'"),
        ("# A\n## S\nSource:\n- [a.b] It MUST be so.\n", "bad.md:2: section 'S' needs one line 'Source: ...'"),
        ("# A\n## S\nSource: x.\n\n  Not judged: why.\n", "bad.md:5: an excuse for no sentence"),
        ("# A\n## S\nSource: x.\n- [a.b] It MUST.\n  Not judged:\n", "bad.md:5: an excuse for no sentence"),
        ("# A\n## S\nSource: x.\n\n  lost\n", "bad.md:5: an indented line that continues nothing"),
        ("# A\n## S\nSource: x.\n## S\nSource: x.\n", "bad.md:4: a second section 'S'"),
        ("## S\nSource: x.\n", "bad.md:1: no title"),
        ("# A\n## S\nSource: x.\n\n- It MUST be so.\n", "bad.md:5: a sentence without an id"),
        ("# A\n## S\nSource: x.\n- It MUST be [a.b] so.\n", "bad.md:4: a sentence without an id"),
        ("# A\n## S\nSource: x.\n- [a.b]It MUST be so.\n", "bad.md:4: a sentence without an id"),
        ("# A\n## S\nSource: x.\n- [a.b]\n", "bad.md:4: a sentence without an id"),
        ("# A\n## S\nSource: x.\n- [] It MUST be so.\n", "bad.md:4: the id '' is not of the form area.name"),
        ("# A\n## S\nSource: x.\n- [a] It MUST be so.\n", "bad.md:4: the id 'a' is not"),
        ("# A\n## S\nSource: x.\n- [A.b] It MUST be so.\n", "bad.md:4: the id 'A.b' is not"),
        ("# A\n## S\nSource: x.\n- [a.b.c] It MUST be so.\n", "bad.md:4: the id 'a.b.c' is not"),
        ("# A\n## S\nSource: x.\n- [a.b-] It MUST be so.\n", "bad.md:4: the id 'a.b-' is not"),
        ("# A\n## S\nSource: x.\n- [a2.b] It MUST be so.\n", "bad.md:4: the id 'a2.b' is not"),
        (
            "# A\n## S\nSource: x.\n- [a.b] It MUST be so.\n## T\nSource: x.\n- [a.b] It MUST last.\n",
            "bad.md:7: a second sentence with the id 'a.b'",
        ),
    ],
)
def test_what_is_not_in_the_form_is_refused(spec: Path, text: str, said: str) -> None:
    write(spec, "chat/bad", text)
    assert said in refusal(spec)


def test_an_id_on_two_pages_is_refused(spec: Path) -> None:
    write(spec, "chat/chat", "# A\n## S\nSource: x.\n- [a.b] It MUST be so.\n")
    write(spec, "models/models", "# B\n## S\nSource: x.\n- [a.b] It MUST be so.\n")
    assert "models.md:4: a second sentence with the id 'a.b'" in refusal(spec)


@pytest.mark.parametrize("page", ["lost", "chat/streaming/lost"])
def test_a_page_in_no_area_is_refused(spec: Path, page: str) -> None:
    (spec / "rules" / page).parent.mkdir(parents=True, exist_ok=True)
    write(spec, page, "# A\n")
    assert "lost.md:1: not of the form rules/<area>/<topic>.md" in refusal(spec)
