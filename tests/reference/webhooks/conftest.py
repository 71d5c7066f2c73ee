"""What receives webhooks on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reference.webhooks.receiver import Receiver, receiver


@pytest.fixture(scope="package")
def hears() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with receiver() as running:
        yield running
