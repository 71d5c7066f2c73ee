"""A server that delivers to this machine, and what receives there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reference.child import Child, child
from tests.reference.webhooks.asking import SOON
from tests.reference.webhooks.receiver import Receiver, receiver


@pytest.fixture(scope="package")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server with two keys that attempts deliveries again at once."""
    with child(tmp_path_factory.mktemp("sender"), "--api-key", "right", "--api-key", "other", *SOON) as running:
        yield running


@pytest.fixture(scope="package")
def hears() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with receiver() as running:
        yield running
