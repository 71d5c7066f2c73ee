"""A PostgreSQL server of the tests' own: a cluster in a folder, on a socket in that folder, ended with the block."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.reference.tools import program

# Where Debian puts what it does not put on the path.
_DEBIAN: Final = os.pathsep.join(sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin"))))


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of its first database. The socket's path is short enough for every system."""
    initdb, control = (program(name, "apt-get install postgresql", _DEBIAN) for name in ("initdb", "pg_ctl"))
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # It does not run as root, which is who runs the tests in many containers.
    user = "postgres" if sys.platform != "win32" and os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(*line: str) -> None:
        subprocess.run(line, check=True, capture_output=True, user=user, cwd=folder)

    data, log = str(folder / "data"), str(folder / "log")
    how = f"-c listen_addresses= -c max_connections=300 -k {folder}"
    try:
        run(initdb, "-D", data, "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        run(control, "-D", data, "-l", log, "-o", how, "-w", "start")
        try:
            yield f"postgresql://tests@/postgres?host={folder}"
        finally:
            run(control, "-D", data, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str) -> str:
    """A database of its own in a cluster, by its URL."""
    name = f"db{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url.replace("/postgres?", f"/{name}?")
