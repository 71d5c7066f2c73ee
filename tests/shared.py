"""What several processes of one test run need, made by the first that needs it."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from filelock import FileLock
from wirecheck.sweeping.cases import NONE

# Where tests/conftest.py says the folder of the run.
FOLDER: Final = "SHARED_BY_TESTS"

T = TypeVar("T")


class _Pickler(pickle.Pickler):
    """Keeps `NONE` what it is: others compare by identity."""

    def persistent_id(self, obj: Any) -> str | None:
        """A name for `NONE` alone."""
        return "NONE" if obj is NONE else None


class _Unpickler(pickle.Unpickler):
    """Reads what `_Pickler` wrote."""

    def persistent_load(self, pid: Any) -> Any:
        """What has a name."""
        assert pid == "NONE"
        return NONE


def shared(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made once in a test run for each name, and a copy of it in each process."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return make()
    file = Path(folder, sha256(name.encode()).hexdigest())
    with FileLock(f"{file}.lock"):
        if file.exists():
            return cast("T", _Unpickler(io.BytesIO(file.read_bytes())).load())
        made = make()
        written = io.BytesIO()
        _Pickler(written).dump(made)
        file.write_bytes(written.getvalue())
        return made
