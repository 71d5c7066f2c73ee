"""For all tests: servers in this process keep nothing, unless a test says where; and a folder for what tests share."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

os.environ["WIRECHECK_IN_MEMORY"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    """Makes the folder of `tests/shared.py`, which the workers of a run find in their environment."""
    if not hasattr(config, "workerinput"):
        os.environ["SHARED_BY_TESTS"] = tempfile.mkdtemp()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("SHARED_BY_TESTS"), ignore_errors=True)
