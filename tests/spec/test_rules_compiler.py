"""Rules in Markdown become rules.json, and what is not in their form is refused with file and line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.spec.test_generation import ROOT, generate, refusal

SAMPLE = """# Streaming

What stands here speaks of the whole area.

## The end of a stream (`[DONE]`)
Source: OpenAI's
  documentation, and its SDKs.

Clients wait for the end.
Without it they hang.

- A stream that ran to its end MUST say so
  with `data: [DONE]`.
- The body SHOULD NOT stay open.
  Not judged: nobody
  can wait forever.

A second reason.

## Time
Source: this project.
- Bytes SHOULD arrive as produced.
- A chunk MUST NOT be empty.
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of spec/ whose rules are to be written."""
    copy = shutil.copytree(ROOT / "spec", tmp_path / "spec")
    shutil.rmtree(copy / "rules", ignore_errors=True)
    (copy / "rules").mkdir()
    return copy


def test_sections_and_sentences_are_compiled(spec: Path, tmp_path: Path) -> None:
    (spec / "rules" / "streaming.md").write_text(SAMPLE, encoding="utf-8")
    (spec / "rules" / "errors.md").write_text("# Errors\n\n## One envelope\nSource: x.\n- It MUST be.\n")
    done = generate(f"--spec={spec}", f"--target={tmp_path / 'out'}")
    assert done.returncode == 0, done.stderr
    sections = json.loads((tmp_path / "out" / "rules.json").read_text(encoding="utf-8"))["sections"]
    assert [each["cites"] for each in sections] == [
        "errors.md#one-envelope",
        "streaming.md#the-end-of-a-stream-done",
        "streaming.md#time",
    ]
    assert sections[1] == {
        "cites": "streaming.md#the-end-of-a-stream-done",
        "area": "Streaming",
        "title": "The end of a stream (`[DONE]`)",
        "source": "OpenAI's documentation, and its SDKs.",
        "why": "Clients wait for the end. Without it they hang.\n\nA second reason.",
        "sentences": [
            {"text": "A stream that ran to its end MUST say so with `data: [DONE]`.", "level": "MUST", "excuse": None},
            {"text": "The body SHOULD NOT stay open.", "level": "SHOULD", "excuse": "nobody can wait forever."},
        ],
    }
    assert [each["level"] for each in sections[2]["sentences"]] == ["SHOULD", "MUST"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n## S\nSource: x.\n\n- It is so.\n", "bad.md:5: 0 keywords"),
        ("# A\n## S\nSource: x.\n- It must be so.\n", "bad.md:4: 0 keywords"),
        ("# A\n## S\nSource: x.\n- It MUST be so\n  and SHOULD stay so.\n", "bad.md:4: 2 keywords"),
        ("# A\n## S\n- It MUST be so.\n", "bad.md:2: section 'S' needs one line 'Source: ...'"),
        ("# A\n## S\nSource:\n- It MUST be so.\n", "bad.md:2: section 'S' needs one line 'Source: ...'"),
        ("# A\n## S\nSource: x.\n\n  Not judged: why.\n", "bad.md:5: an excuse for no sentence"),
        ("# A\n## S\nSource: x.\n- It MUST.\n  Not judged:\n", "bad.md:5: an excuse for no sentence"),
        ("# A\n## S\nSource: x.\n\n  lost\n", "bad.md:5: an indented line that continues nothing"),
        ("# A\n## S\nSource: x.\n## S\nSource: x.\n", "bad.md:4: a second section 'S'"),
        ("## S\nSource: x.\n", "bad.md:1: no title"),
    ],
)
def test_what_is_not_in_the_form_is_refused(spec: Path, text: str, said: str) -> None:
    (spec / "rules" / "bad.md").write_text(text, encoding="utf-8")
    assert said in refusal(spec)
