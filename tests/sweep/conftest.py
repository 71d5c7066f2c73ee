"""One good server, and what a sweep of it saw; what sweeps send is drawn once in a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wirecheck.evidence.exchange import Exchange

from tests.drawing import drawing_once
from tests.reference.child import Child, child
from tests.sweep.sweeping import KEY, swept


@pytest.fixture(scope="session", autouse=True)
def drawn() -> Iterator[None]:
    """What sweeps send, each draw made once: that it hangs on the seed alone is seen in `test_cases`."""
    with drawing_once():
        yield


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A reference server that wants `KEY`."""
    with child(tmp_path_factory.mktemp("good"), "--api-key", KEY) as running:
        yield running


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Exchange]:
    """The exchanges of a bounded sweep of a good server that keeps nothing yet: what its lists show is asked for."""
    with child(tmp_path_factory.mktemp("seen"), "--api-key", KEY) as running:
        return swept(running.url)
