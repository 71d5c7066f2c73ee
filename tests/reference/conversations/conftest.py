"""A server that keeps conversations, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.child import Child, child

KEYS = ("--api-key", "sk-one", "--api-key", "sk-two")


@pytest.fixture
def server(anywhere: tuple[str, ...], tmp_path: Path) -> Iterator[Child]:
    """A server that keeps things."""
    with child(tmp_path, *KEYS, *anywhere) as found:
        yield found
