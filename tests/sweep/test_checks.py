"""The stock command line of Schemathesis, from the root of the repository, with nothing but schemathesis.toml."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.reference.child import Child, child
from tests.sweep.sweeping import KEY

ROOT = Path(__file__).parents[2]
PATIENCE = 180


def _run(url: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = shutil.which("schemathesis")
    assert command is not None
    line = [command, "run", "spec/openapi.yaml", "--url", url, "-H", f"Authorization: Bearer {KEY}", *options]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_good_server_passes(good: Child) -> None:
    # What else there is to `run`, the coverage phase, takes minutes: the sweep of a whole run asks the same.
    done = _run(good.url, "-n", "6", "--phases", "examples,fuzzing,stateful")
    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout


def test_a_fault_comes_out_under_its_id(tmp_path: Path) -> None:
    with child(tmp_path, "--api-key", KEY, "--fault", "never-says-done") as running:
        done = _run(running.url, "--phases", "examples", "--include-tag", "chat")
    assert done.returncode == 1
    assert "wirecheck stream.done" in done.stdout
    assert "MUST say so with `data: [DONE]`" in done.stdout
    assert KEY not in done.stdout


def test_generated_requests_meet_streams_too(tmp_path: Path) -> None:
    with child(tmp_path, "--api-key", KEY, "--fault", "says-done-twice") as running:
        done = _run(running.url, "--phases", "fuzzing", "-n", "15", "--include-tag", "chat")
    assert done.returncode == 1
    assert "wirecheck stream.done-once" in done.stdout


def test_what_one_request_made_is_used_by_the_next(tmp_path: Path) -> None:
    # Chance finds the way: another seed may need more steps.
    line = ["--phases", "stateful", "-n", "60", "--seed", "2", "--include-tag", "files"]
    with child(tmp_path, "--api-key", KEY, "--fault", "shows-what-was-deleted") as running:
        done = _run(running.url, *line)
    assert done.returncode == 1
    assert "Deleted resource still available" in done.stdout


def test_a_wrong_key_is_not_green(good: Child) -> None:
    line = ["--phases", "examples,fuzzing", "-n", "5", "--include-tag", "models", "-H", "Authorization: Bearer wrong"]
    assert _run(good.url, *line).returncode == 1
