"""CONTRIBUTING: an ignore carries its reason beside it."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("conformance", "reference_impl", "tools", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
_IGNORE = re.compile(r"#\s*(?:noqa|(?:type|pyright|mypy)\s*:\s*ignore|pragma\s*:\s*no cover)(?P<rest>.*)")
# The names of what is ignored, then what stands beside them.
_NAMED = re.compile(r"(?:\s*:\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*|\[[\w, -]+\])\s*(?:-|#)\s*(?P<reason>.*)")


def unexplained(comment: str) -> bool:
    """Whether a comment ignores what a tool says, and does not name it, or not why."""
    found = _IGNORE.search(comment)
    if found is None:
        return False
    named = _NAMED.fullmatch(found["rest"])
    return named is None or len(re.findall(r"[a-z]{2,}", named["reason"])) < 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_ignore_carries_its_reason(path: Path) -> None:
    with path.open("rb") as source:
        comments = [(each.start[0], each.string) for each in tokenize.tokenize(source.readline)]
    bare = [f"line {line}: {text}" for line, text in comments if text.startswith("#") and unexplained(text)]
    assert not bare, "an ignore carries its reason beside it, after its name and a dash"


@pytest.mark.parametrize(
    ("comment", "bare"),
    [
        ("# noqa: S101", True),
        ("# noqa", True),
        ("# noqa - for once", True),
        ("# type: ignore[misc]", True),
        ("# type: ignore[misc]  # ", True),
        ("# noqa: S101 - it is a pipe", False),
        ("# noqa: S101, S603  # it is a pipe", False),
        ("# type: ignore[misc, unused-ignore]  # which class depends on what is installed", False),
        ("# what noqa is for", False),
    ],
)
def test_which_comments_are_reasons(comment: str, bare: bool) -> None:
    assert unexplained(comment) is bare
