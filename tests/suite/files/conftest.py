"""A server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reference.child import Child, child


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server without keys."""
    with child(tmp_path_factory.mktemp("server")) as running:
        yield running
