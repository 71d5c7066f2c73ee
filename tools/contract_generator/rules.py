"""spec/rules: Markdown to the sentences that a server is judged by. Knows their form, not what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract_generator.fault import SpecError

KEYWORD = re.compile(r"\b(MUST|SHOULD)(?: NOT)?\b")
EXCUSE = "Not judged:"
SOURCE = "Source:"


@dataclass
class _Block:
    """Lines that belong together: a paragraph, a sentence of a list, an excuse."""

    kind: str
    line: int
    parts: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.parts)


@dataclass
class _Section:
    title: str
    line: int
    blocks: list[_Block] = field(default_factory=list)


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading: lower case, hyphens for spaces, no other punctuation."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def _kind(line: str) -> tuple[str, str]:
    """Which kind of block a line starts, if any, and its text."""
    text = line.strip()
    if line.startswith("- "):
        return "sentence", line[2:].strip()
    if line.startswith(SOURCE):
        return "source", line.removeprefix(SOURCE).strip()
    if line.startswith(" ") and text.startswith(EXCUSE):
        return "excuse", text.removeprefix(EXCUSE).strip()
    return "", text


def _sections(path: Path) -> tuple[str, list[_Section]]:
    area = ""
    sections: list[_Section] = []
    open_block: _Block | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            area, open_block = line[2:].strip(), None
            continue
        if line.startswith("## "):
            sections.append(_Section(line[3:].strip(), number))
            open_block = None
            continue
        if not line.strip():
            open_block = None
            continue
        if not sections:
            continue  # what stands between the title and the first section speaks of the whole area
        kind, text = _kind(line)
        if not kind and open_block:
            open_block.parts.append(text)
            continue
        if not kind and line.startswith(" "):
            raise SpecError(f"{path}:{number}: an indented line that continues nothing")
        open_block = _Block(kind or "why", number, [text])
        sections[-1].blocks.append(open_block)
    if not area:
        raise SpecError(f"{path}:1: no title (a line that starts with '# ')")
    return area, sections


def _sentences(path: Path, section: _Section) -> list[dict[str, Any]]:
    sentences: list[dict[str, Any]] = []
    for block in section.blocks:
        if block.kind == "sentence":
            keywords = KEYWORD.findall(block.text)
            if len(keywords) != 1:
                raise SpecError(
                    f"{path}:{block.line}: {len(keywords)} keywords, not one of MUST, MUST NOT, SHOULD, SHOULD NOT:"
                    f" {block.text}"
                )
            sentences.append({"text": block.text, "level": keywords[0], "excuse": None})
        elif block.kind == "excuse":
            if not sentences or sentences[-1]["excuse"] is not None or not block.text:
                raise SpecError(f"{path}:{block.line}: an excuse for no sentence, a second one, or an empty one")
            sentences[-1]["excuse"] = block.text
    return sentences


def _section(path: Path, area: str, section: _Section) -> dict[str, Any]:
    sources = [block for block in section.blocks if block.kind == "source" and block.text]
    if len(sources) != 1:
        raise SpecError(f"{path}:{section.line}: section {section.title!r} needs one line '{SOURCE} ...'")
    return {
        "cites": f"{path.name}#{slug(section.title)}",
        "area": area,
        "title": section.title,
        "source": sources[0].text,
        "why": "\n\n".join(block.text for block in section.blocks if block.kind == "why"),
        "sentences": _sentences(path, section),
    }


def compile_rules(folder: Path) -> dict[str, Any]:
    """The sections of every Markdown file in `folder`, ordered by file name and place.

    Raises SpecError, with file and line, for a sentence without exactly one keyword, a section without a source,
    and two sections of one name in a file.
    """
    compiled: list[dict[str, Any]] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.md")):
        area, sections = _sections(path)
        for section in sections:
            record = _section(path, area, section)
            if record["cites"] in seen:
                raise SpecError(f"{path}:{section.line}: a second section {section.title!r}")
            seen.add(record["cites"])
            compiled.append(record)
    return {"sections": compiled}
