"""One server with all faults for the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proof.asked import Asked, watched
from tests.proof.judging import serving
from tests.shared import shared


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address. Each fault on it is judged once."""
    with serving(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a second one, for those faults that were judged on the first: a server remembers."""
    with serving(tmp_path_factory.mktemp("fresh")) as found:
        yield found


@pytest.fixture(scope="session")
def asked(url: str) -> Asked:
    """Which operations the probes ask."""
    return shared("asked", lambda: watched(url))
