"""The same tests on every database that a server may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from wirecheck_reference.store.database import MEMORY


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "postgresql":
        found: str = request.getfixturevalue("database")
        return found
    return MEMORY if request.param == "memory" else f"sqlite:///{tmp_path / 'wirecheck.db'}"
