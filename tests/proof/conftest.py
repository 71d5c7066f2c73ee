"""One server for all that the proof judges, in each process that runs tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proof.judging import serving


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the right server; each fault is below it."""
    with serving(tmp_path_factory.mktemp("proof")) as address:
        yield address
