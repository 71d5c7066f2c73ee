"""One server with all variants for the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.legal.variants import serving
from tests.proof.asked import Asked, watched
from tests.shared import shared


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with serving(tmp_path_factory.mktemp("variants")) as found:
        yield found


@pytest.fixture(scope="session")
def asked(url: str) -> Asked:
    """Which operations the probes ask."""
    return shared("asked", lambda: watched(url))
