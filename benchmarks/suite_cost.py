"""What a run of the suite costs: requests, tokens and seconds, quick and default, on the embedded reference server.

Exit codes: 0 measured; 2 a run came to no verdict.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

MODES: Final = {"quick": ["--quick"], "default": []}


def cost(options: list[str], folder: Path) -> dict[str, Any] | None:
    """The report of one run, None where it came to no verdict."""
    report = folder / "report.json"
    line = [sys.executable, "-m", "wirecheck", "run", "--report-json", str(report), *options]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(done.stdout + done.stderr, file=sys.stderr)
        return None
    document: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return document


def main() -> int:
    """Runs the suite once a mode and prints a line for each."""
    print(f"{'mode':<9} {'verdict':<12} {'requests':>8} {'tokens':>8} {'seconds':>8} {'requests/s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for mode, options in MODES.items():
            report = cost(options, Path(folder))
            if report is None:
                return 2
            spent = report["cost"]
            rate = spent["requests"] / spent["seconds"]
            print(
                f"{mode:<9} {report['verdict']:<12} {spent['requests']:>8} {spent['tokens']:>8}"
                f" {spent['seconds']:>8.1f} {rate:>10.0f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
