"""Settings of the environment: those that are none are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from wirecheck_reference.settings import Settings, known, unknown


def test_settings_and_what_the_suite_reads_are_known() -> None:
    assert unknown([*known(), "HOME", "wirecheck_port"]) == []
    assert {f"WIRECHECK_{name.upper()}" for name in Settings.model_fields} < set(known())


def test_what_is_misspelled_is_told(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "wirecheck_reference", "serve", "--fault", "no-such-fault"]
    environment = {**os.environ, "WIRECHECK_LOGLEVEL": "debug"}
    done = subprocess.run(line, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    warning = "wirecheck: warning: WIRECHECK_LOGLEVEL is set, and is no setting: did you mean WIRECHECK_LOG_LEVEL?"
    assert warning in done.stderr
