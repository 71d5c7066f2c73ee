"""A server that keeps conversations, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.child import Child, child

KEYS = ("--api-key", "sk-one", "--api-key", "sk-two")


@pytest.fixture(params=["--in-memory", "--data", "--database"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Child]:
    """A server that keeps things."""
    where: tuple[str, ...] = ()
    if request.param == "--data":
        where = ("--data", str(tmp_path / "kept"))
    elif request.param == "--database":
        where = ("--database", request.getfixturevalue("database"))
    with child(tmp_path, *KEYS, *where) as found:
        yield found
