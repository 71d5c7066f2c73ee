"""spec/rules: Markdown to the sentences that a server is judged by. Knows their form, not what they say.

A sentence is an item of a list, `- [area.name] Something MUST be so.`, in a section with a line `Source: ...`. The
indented line `Not judged: ...` below it says why nothing judges it. All else in a section says why the sentences stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract_generator.fault import SpecError

KEYWORD = re.compile(r"\b(MUST|SHOULD)(?: NOT)?\b")
ID = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
LABEL = re.compile(r"\[([^\]]*)\] (.+)")
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


def _sections(path: Path) -> list[_Section]:
    titled = False
    sections: list[_Section] = []
    open_block: _Block | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            titled, open_block = True, None
            continue
        if line.startswith("## "):
            sections.append(_Section(line[3:].strip(), number))
            open_block = None
            continue
        if not line.strip():
            open_block = None
            continue
        if not sections:
            continue  # what stands between the title and the first section speaks of the whole page
        kind, text = _kind(line)
        if not kind and open_block:
            open_block.parts.append(text)
            continue
        if not kind and line.startswith(" "):
            raise SpecError(f"{path}:{number}: an indented line that continues nothing")
        open_block = _Block(kind or "why", number, [text])
        sections[-1].blocks.append(open_block)
    if not titled:
        raise SpecError(f"{path}:1: no title (a line that starts with '# ')")
    return sections


def _sentence(path: Path, block: _Block) -> dict[str, Any]:
    place = f"{path}:{block.line}"
    labelled = LABEL.fullmatch(block.text)
    if not labelled:
        raise SpecError(f"{place}: a sentence without an id, `- [area.name] ...`: {block.text}")
    name, text = labelled.groups()
    if not ID.fullmatch(name):
        raise SpecError(f"{place}: the id {name!r} is not of the form area.name, in lower case with hyphens")
    keywords = KEYWORD.findall(text)
    if len(keywords) != 1:
        raise SpecError(f"{place}: {len(keywords)} keywords, not one of MUST, MUST NOT, SHOULD, SHOULD NOT: {text}")
    return {"id": name, "text": text, "level": keywords[0], "excuse": None}


def _sentences(path: Path, section: _Section, seen: set[str]) -> list[dict[str, Any]]:
    sentences: list[dict[str, Any]] = []
    for block in section.blocks:
        if block.kind == "sentence":
            sentences.append(_sentence(path, block))
            if sentences[-1]["id"] in seen:
                raise SpecError(f"{path}:{block.line}: a second sentence with the id {sentences[-1]['id']!r}")
            seen.add(sentences[-1]["id"])
        elif block.kind == "excuse":
            if not sentences or sentences[-1]["excuse"] is not None or not block.text:
                raise SpecError(f"{path}:{block.line}: an excuse for no sentence, a second one, or an empty one")
            sentences[-1]["excuse"] = block.text
    return sentences


def _section(path: Path, section: _Section, seen: set[str]) -> dict[str, Any]:
    sources = [block for block in section.blocks if block.kind == "source" and block.text]
    if len(sources) != 1:
        raise SpecError(f"{path}:{section.line}: section {section.title!r} needs one line '{SOURCE} ...'")
    return {
        "cites": f"{path.parent.name}/{path.name}#{slug(section.title)}",
        "area": path.parent.name,
        "title": section.title,
        "source": sources[0].text,
        "why": "\n\n".join(block.text for block in section.blocks if block.kind == "why"),
        "sentences": _sentences(path, section, seen),
    }


def compile_rules(folder: Path) -> dict[str, Any]:
    """The sections of every page `<area>/<topic>.md` in `folder`, ordered by area, topic and place.

    Raises SpecError, with file and line, for a page in no area, a sentence without an id of its own or without exactly
    one keyword, a section without a source, and two sections of one name on a page.
    """
    compiled: list[dict[str, Any]] = []
    cited: set[str] = set()
    ids: set[str] = set()
    for path in sorted(folder.rglob("*.md")):
        if path.parent.parent != folder:
            raise SpecError(f"{path}:1: not of the form {folder.name}/<area>/<topic>.md")
        for section in _sections(path):
            record = _section(path, section, ids)
            if record["cites"] in cited:
                raise SpecError(f"{path}:{section.line}: a second section {section.title!r}")
            cited.add(record["cites"])
            compiled.append(record)
    return {"sections": compiled}
