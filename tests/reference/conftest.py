"""Servers for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.child import Child, child
from tests.reference.postgres import cluster, new_database
from tests.reference.webhooks.asking import SOON


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server without keys."""
    with child(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server that wants the key `right` or `other`, and sends webhooks to this machine."""
    keys = ("--api-key", "right", "--api-key", "other")
    with child(tmp_path_factory.mktemp("guarded"), *keys, *SOON) as running:
        yield running


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server, by the URL of its first database."""
    with cluster() as url:
        yield url


@pytest.fixture
def database(postgres: str) -> str:
    """The URL of an empty database of PostgreSQL."""
    return new_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """What a server is told of where it keeps things."""
    kept = ("--data", str(tmp_path / "kept"))
    return kept if request.param == "sqlite" else (*kept, "--database", request.getfixturevalue("database"))


@pytest.fixture(params=["--in-memory", "--data", "--database"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """What a server is told of where it keeps things: nothing, for what ends with it, a folder or a database."""
    if request.param == "--in-memory":
        return ()
    kept = str(tmp_path / "kept") if request.param == "--data" else request.getfixturevalue("database")
    return (request.param, kept)
