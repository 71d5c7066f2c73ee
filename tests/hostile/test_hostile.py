"""Whatever a server does, a run ends in its time with a verdict: no traceback, no green, no key."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.forked import command
from tests.hostile.behaviours import BEHAVIOURS
from tests.hostile.talk import KEY, serving

MAX_TIME = 6
# What a run may take beyond its limit: the start of Python, the last request, the judging.
GRACE = 20


def _run(url: str, report: Path, *options: str) -> subprocess.CompletedProcess[str]:
    line = ["run", url, "--api-key", KEY, "--timeout", "1", "--max-time", str(MAX_TIME), "--report-json", str(report)]
    return command("wirecheck", *line, "--verbose", *options, seconds=MAX_TIME + 3 * GRACE)


@pytest.mark.parametrize("mode", ["--quick", None])
@pytest.mark.parametrize("name", sorted(BEHAVIOURS))
def test_a_run_ends_with_a_verdict(name: str, mode: str | None, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with serving(BEHAVIOURS[name]) as (url, visits):
        began = time.monotonic()
        done = _run(url, report, *([mode] if mode else []))
        took = time.monotonic() - began
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2), said
    assert "Traceback" not in done.stderr, done.stderr
    assert took < MAX_TIME + GRACE, f"{took:.1f} s"
    assert KEY not in said
    assert "\x1b" not in said
    if report.exists():
        text = report.read_text("utf-8")
        assert KEY not in text
        assert json.loads(text)["verdict"] in ("violates", "cannot tell")
    else:
        assert "cannot tell" in said
    stolen = [visit for visit in visits if visit.path == "/stolen"]
    assert not stolen, "a redirect was followed"
    assert visits, "the server was never asked"
