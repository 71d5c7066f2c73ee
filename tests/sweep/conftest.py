"""One good server, and what a sweep of it saw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wirecheck.evidence.exchange import Exchange

from tests.reference.child import Child, child
from tests.sweep.sweeping import KEY, swept


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A reference server that wants `KEY`."""
    with child(tmp_path_factory.mktemp("good"), "--api-key", KEY) as running:
        yield running


@pytest.fixture(scope="session")
def seen(good: Child) -> list[Exchange]:
    """The exchanges of a bounded sweep of the good server."""
    return swept(good.url)
