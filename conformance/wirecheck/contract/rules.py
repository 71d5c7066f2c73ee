"""The contract's sentences: rules.json, by the ids that stand in spec/rules. Knows no requirement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from wirecheck.contract.document import packaged


@dataclass(frozen=True)
class Section:
    """A section of spec/rules: where its sentences come from, and why they are there."""

    cites: str
    title: str
    source: str
    why: str


@dataclass(frozen=True)
class Sentence:
    """One sentence with its id, keyword and section; `excuse` says why it is not judged, None where it is."""

    id: str
    text: str
    level: str
    section: Section
    excuse: str | None


@cache
def sentences() -> dict[str, Sentence]:
    """All sentences of spec/rules by id, in their order."""
    found: dict[str, Sentence] = {}
    for each in json.loads(packaged("rules.json"))["sections"]:
        section = Section(each["cites"], each["title"], each["source"], each["why"])
        for sentence in each["sentences"]:
            found[sentence["id"]] = Sentence(
                sentence["id"], " ".join(sentence["text"].split()), sentence["level"], section, sentence["excuse"]
            )
    return found
