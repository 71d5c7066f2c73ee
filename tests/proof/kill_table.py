"""docs/kill-table.md: which fault was seen to fail which requirement. `tests.proof.full` writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from wirecheck.judging.requirement import requirements

from tests.proof.judging import faults

PAGE: Final = Path(__file__).parents[2] / "docs" / "kill-table.md"

CATALOGUE: Final = PAGE.with_name("field-bugs.md")
_ROW: Final = re.compile(r"\| `(?P<name>[a-z0-9-]+)` \| .* \| (?P<failed>(`[a-z0-9.-]+`(, )?)*) \| [A-Z0-9, -]* \|")

_HEAD: Final = """\
# The kill table

Each requirement of the suite, and the faults of the reference server that it was seen to catch. Each fault was run
through the whole suite in a default run, sweep and all, and failed exactly the requirements beside which it stands.
`tox -e proof-full` does that again and writes this page from what it sees.

{requirements} requirements, {faults} faults; each requirement is caught failing by at least one.
"""


@cache
def rows() -> dict[str, str]:
    """The rows of the catalogue of bugs, each with its area."""
    found: dict[str, str] = {}
    area = ""
    for line in CATALOGUE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            area = line.removeprefix("## ")
        elif match := re.match(r"\| ([A-Z]{3,4}-[0-9]+) \|", line):
            found[match.group(1)] = area
    return found


def waiting() -> frozenset[str]:
    """The areas of the catalogue that speak of parts of an API that the contract does not have yet.

    An area of the catalogue is a part that the contract has where some fault stands for one of its rows.
    """
    known = {rows()[row] for fault in faults() for row in fault.rows if row in rows()}
    return frozenset(rows().values()) - known


def uncovered() -> list[str]:
    """The rows of parts that the contract has, for which no fault stands."""
    covered = {row for fault in faults() for row in fault.rows}
    return [row for row, area in rows().items() if area not in waiting() and row not in covered]


def seen_before() -> dict[str, frozenset[str]]:
    """What the page says that each fault was seen to fail."""
    found = (_ROW.fullmatch(line) for line in PAGE.read_text("utf-8").splitlines())
    return {each["name"]: frozenset(re.findall(r"`([^`]+)`", each["failed"])) for each in found if each}


def write(seen: Mapping[str, frozenset[str]]) -> None:
    """Writes the page from what was seen; faults that were not run keep what it says of them."""
    PAGE.write_text(page({**seen_before(), **seen}), "utf-8")


def page(seen: Mapping[str, frozenset[str]]) -> str:
    """The page, as it should stand in docs/, of what each fault was seen to fail. Who was not run fails nothing."""
    failed = {fault.name: seen.get(fault.name, frozenset()) for fault in faults()}
    lines = [_HEAD.format(requirements=len(requirements()), faults=len(faults()))]
    area = ""
    for each in requirements():
        if each.id.partition(".")[0] != area:
            area = each.id.partition(".")[0]
            lines += [f"\n## {area}\n", "| requirement | level | killed by |", "|---|---|---|"]
        killers = ", ".join(f"`{name}`" for name, broken in failed.items() if each.id in broken)
        lines.append(f"| `{each.id}` | {each.level} | {killers} |")
    lines += ["\n## The faults\n", "| fault | what is wrong | fails | rows |", "|---|---|---|---|"]
    for fault in faults():
        broken = ", ".join(f"`{id_}`" for id_ in sorted(failed[fault.name]))
        lines.append(f"| `{fault.name}` | {fault.summary} | {broken} | {', '.join(fault.rows)} |")
    here = [row for row, area in rows().items() if area not in waiting()]
    left = uncovered()
    lines += ["\n## Bugs seen in the field\n", f"{len(here) - len(left)} of the {len(here)} rows of"]
    lines[-1] += " [the catalogue](field-bugs.md) that speak of parts that the contract has are stood for by a fault."
    lines.append(f"Without one: {', '.join(left) or 'none'}.")
    return "\n".join(lines) + "\n"
