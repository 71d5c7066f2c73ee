"""What the proof of the suite costs a fault: seconds of `tests/proof` for more and more faults.

Exit codes: 0 measured; 2 a fault was not proven.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Final

import click

_TEST: Final = "tests/proof/test_faults.py::test_a_fault_fails_exactly_what_it_names"


def names() -> list[str]:
    """The names of all faults."""
    line = [sys.executable, "-m", "wirecheck_reference", "faults", "--json"]
    return [each["name"] for each in json.loads(subprocess.run(line, capture_output=True, check=True).stdout)]


def prove(chosen: list[str], workers: int) -> tuple[float, float] | None:
    """The seconds, and the seconds of processor time, that their proof takes; None where one is not proven."""
    line = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal"]
    before, began = os.times(), time.monotonic()
    done = subprocess.run(
        [*line, *(f"{_TEST}[{name}]" for name in chosen)], capture_output=True, text=True, check=False
    )
    seconds, after = time.monotonic() - began, os.times()
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        return None
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return seconds, used


@click.command()
@click.option("--faults", "counts", multiple=True, type=click.IntRange(1), help="So many; repeatable.")
@click.option("--workers", type=click.IntRange(1), default=3, show_default=True, help="Processes.")
def main(counts: tuple[int, ...], workers: int) -> None:
    """Prove 40, 80, 160 and all faults, evenly chosen, and print a line for each."""
    known = names()
    print(f"{'faults':>6} {'seconds':>8} {'a fault':>8} {'processor':>10} {'a fault':>8}")
    for count in counts or (*(each for each in (40, 80, 160) if each < len(known)), len(known)):
        chosen = [known[place * len(known) // count] for place in range(min(count, len(known)))]
        found = prove(chosen, workers)
        if found is None:
            sys.exit(2)
        seconds, used = found
        print(
            f"{len(chosen):>6} {seconds:>8.0f} {seconds / len(chosen):>8.2f} {used:>10.0f} {used / len(chosen):>8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
