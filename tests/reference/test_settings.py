"""Settings of the environment: those that are none are told."""

from __future__ import annotations

import os

from wirecheck_reference.settings import Settings, known, unknown

from tests.forked import command


def test_settings_and_what_the_suite_reads_are_known() -> None:
    assert unknown([*known(), "HOME", "wirecheck_port"]) == []
    assert {f"WIRECHECK_{name.upper()}" for name in Settings.model_fields} < set(known())


def test_what_is_misspelled_is_told() -> None:
    environment = {**os.environ, "WIRECHECK_LOGLEVEL": "debug"}
    done = command("wirecheck_reference", "serve", "--fault", "no-such-fault", environment=environment)
    warning = "wirecheck: warning: WIRECHECK_LOGLEVEL is set, and is no setting: did you mean WIRECHECK_LOG_LEVEL?"
    assert warning in done.stderr
