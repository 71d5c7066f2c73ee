"""A Redis server of the tests' own, on a port of loopback, ended with the block."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.reference.child import PATIENCE, until
from tests.reference.tools import program


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis server that keeps nothing."""
    found = program("redis-server", "apt-get install redis-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = [found, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: _listens(port), PATIENCE)
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0
