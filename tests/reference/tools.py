"""Programs that are no Python package: found, or the test is skipped with the command that installs them."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str, install: str, elsewhere: str = "") -> str:
    """The path of a program, looked for in folders beside those of `PATH` too.

    Skips the test where it is missing; fails it where `CI` is set.
    """
    found = shutil.which(name) or shutil.which(name, path=elsewhere or None)
    if found is None:
        missing = f"{name} is not installed: {install}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found
