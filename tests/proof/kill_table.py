"""docs/kill-table.md: which fault was seen to fail which requirement. Judges nothing: it is told what was seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wirecheck.judging.requirement import requirements

from tests.proof.judging import faults
from tests.proof.reach import folders

PAGE: Final = Path(__file__).parents[2] / "docs" / "kill-table.md"

CATALOGUE: Final = PAGE.with_name("field-bugs.md")

_HEAD: Final = """\
# The kill table

Each requirement of the suite, and the faults of the reference server that fail it, and nothing else. On every change
`tests/proof` judges each fault by the requirements of its areas and of those that it names (`PROOF_REACH=all`: and by
those that are on every operation), in a quick run where that shows it, else in one of default length. `tox -e
proof-full` judges each by every requirement in a run of default length, generated requests included, and writes this
page from what failed; it ends with an error where that is not what the fault says of itself.

{requirements} requirements, {faults} faults; {caught} requirements were seen to fail.
"""


def rows() -> dict[str, str]:
    """The rows of the catalogue of bugs, each with its area: a heading is `area` or `area: topic`."""
    found: dict[str, str] = {}
    area = ""
    for line in CATALOGUE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            area = line.removeprefix("## ").partition(":")[0]
        elif match := re.match(r"\| ([A-Z]{2,4}-[0-9]+) \|", line):
            found[match.group(1)] = area
    return found


def present() -> list[str]:
    """The rows that speak of an area that the contract has."""
    return [row for row, area in rows().items() if area in folders()]


def uncovered() -> list[str]:
    """Those of them for which no fault stands."""
    covered = {row for fault in faults() for row in fault.rows}
    return [row for row in present() if row not in covered]


def page(seen: Mapping[str, frozenset[str]]) -> str:
    """The page, where each fault was seen to fail the requirements that are given with its name."""
    caught = frozenset(id_ for failed in seen.values() for id_ in failed)
    lines = [_HEAD.format(requirements=len(requirements()), faults=len(faults()), caught=len(caught))]
    area = ""
    for each in requirements():
        if each.id.partition(".")[0] != area:
            area = each.id.partition(".")[0]
            lines += [f"\n## {area}\n", "| requirement | level | failed by |", "|---|---|---|"]
        killers = ", ".join(f"`{fault.name}`" for fault in faults() if each.id in seen[fault.name])
        lines.append(f"| `{each.id}` | {each.level} | {killers} |")
    lines += ["\n## The faults\n", "| fault | what is wrong | fails | rows |", "|---|---|---|---|"]
    for fault in faults():
        broken = ", ".join(f"`{id_}`" for id_ in sorted(seen[fault.name]))
        lines.append(f"| `{fault.name}` | {fault.summary} | {broken} | {', '.join(fault.rows)} |")
    here, left = present(), uncovered()
    lines += ["\n## Bugs seen in the field\n", f"{len(here) - len(left)} of the {len(here)} rows of"]
    lines[-1] += " [the catalogue](field-bugs.md) that speak of areas that the contract has are stood for by a fault."
    lines.append(f"Without one: {', '.join(left) or 'none'}.")
    return "\n".join(lines) + "\n"


def write(seen: Mapping[str, frozenset[str]]) -> None:
    """Writes the page of what was seen."""
    PAGE.write_text(page(seen), "utf-8")
