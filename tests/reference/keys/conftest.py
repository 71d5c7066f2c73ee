"""Where keys are kept."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """The options that name a new database of each kind."""
    if request.param == "sqlite":
        return ["--data", str(tmp_path / "data")]
    return ["--data", str(tmp_path / "data"), "--database", request.getfixturevalue("database")]
