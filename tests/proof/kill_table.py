"""docs/kill-table.md: which fault kills which requirement. `python -m tests.proof.kill_table` writes it.

The table is made of what the faults declare; that each fails exactly what it declares is what test_faults.py shows.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from wirecheck.judging.requirement import requirements

from tests.proof.judging import faults

PAGE: Final = Path(__file__).parents[2] / "docs" / "kill-table.md"

CATALOGUE: Final = PAGE.with_name("field-bugs.md")
# Parts of an API that the contract does not have yet.
WAITING: Final = frozenset({"batches", "embeddings", "files", "responses-api", "webhooks"})

_HEAD: Final = """\
# The kill table

Each requirement of the suite, and the faults of the reference server that it was seen to catch. Every fault below was
run through the whole suite, and failed exactly the requirements beside which it stands: `tox -e tests -- tests/proof`
does it again. Made by `python -m tests.proof.kill_table`.

{requirements} requirements, {faults} faults; each requirement is caught failing by at least one.
"""


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


def uncovered() -> list[str]:
    """The rows of parts that the contract has, for which no fault stands."""
    covered = {row for fault in faults() for row in fault.rows}
    return [row for row, area in rows().items() if area not in WAITING and row not in covered]


def page() -> str:
    """The page, as it should stand in docs/."""
    lines = [_HEAD.format(requirements=len(requirements()), faults=len(faults()))]
    area = ""
    for each in requirements():
        if each.id.partition(".")[0] != area:
            area = each.id.partition(".")[0]
            lines += [f"\n## {area}\n", "| requirement | level | killed by |", "|---|---|---|"]
        killers = ", ".join(f"`{fault.name}`" for fault in faults() if each.id in fault.breaks)
        lines.append(f"| `{each.id}` | {each.level} | {killers} |")
    lines += ["\n## The faults\n", "| fault | what is wrong | fails | rows |", "|---|---|---|---|"]
    for fault in faults():
        broken = ", ".join(f"`{id_}`" for id_ in sorted(fault.breaks))
        lines.append(f"| `{fault.name}` | {fault.summary} | {broken} | {', '.join(fault.rows)} |")
    here = [row for row, area in rows().items() if area not in WAITING]
    left = uncovered()
    lines += ["\n## Bugs seen in the field\n", f"{len(here) - len(left)} of the {len(here)} rows of"]
    lines[-1] += " [the catalogue](field-bugs.md) that speak of parts that the contract has are stood for by a fault."
    lines.append(f"Without one: {', '.join(left) or 'none'}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
