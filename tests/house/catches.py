"""Shows that the installed suite refuses the installed reference server when one thing is wrong with it.

Run by `tox -e self` in the environment of the built wheel: it uses the command `wirecheck` and nothing else of ours.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WIRECHECK = str(Path(sys.executable).with_name("wirecheck"))
FAULT, BREAKS = "never-says-done", "stream.done"
VIOLATES = 1


def main() -> int:
    """0 where the fault was caught and named, else 1."""
    serving = [WIRECHECK, "serve", "--port", "0", "--log-level", "error", "--fault", FAULT]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().removeprefix("listening on ").strip() if server.stdout else ""
            judging = [WIRECHECK, "run", url, "--model", "echo", "--quick"]
            done = subprocess.run(judging, capture_output=True, text=True, check=False)
        finally:
            server.terminate()
    print(done.stdout)
    if done.returncode == VIOLATES and BREAKS in done.stdout:
        print(f"{FAULT} was caught: {BREAKS}, exit code {VIOLATES}")
        return 0
    print(f"{FAULT} was not caught: exit code {done.returncode}\n{done.stderr}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
