"""The database of a server, and units of work on it. Knows no table in particular, and no HTTP.

SQLite in a file is what a server has unless told otherwise, PostgreSQL is shared by several; in memory all ends with
the server. Nothing is acknowledged before it is durable: a unit of work that writes returns after its commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from wirecheck_reference.store.tables import metadata

MEMORY: Final = "sqlite:///:memory:"
ANNOUNCED: Final = "announced"
"""What the `info` of a unit of work says where it leaves something to be delivered."""

_DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_WRITES: Final = "wirecheck_writes"
# Of PostgreSQL's advisory locks the one that writers hold until their commit, in all servers of a database.
_WRITER: Final = 0x77_69_72_65
# Seconds that a writer waits for another process to end its own.
_PATIENCE: Final = 30
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_PATIENCE * 1000}")


class Database:
    """A database by its URL: `sqlite:///FILE`, `postgresql://...` or `MEMORY`.

    Raises `ValueError` for another URL, and for a driver that is not installed. Nothing is opened before `start`.
    `announced` is set whenever this process has left something to be delivered; `in_memory`: no other process can.
    """

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.in_memory = self.url.database == ":memory:"
        self._engine = _engine(self.url, in_memory=self.in_memory)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        # SQLite takes one writer at a time: within a process they come in turn, without asking it again and again.
        self._turn = asyncio.Lock() if self.url.get_backend_name() == "sqlite" else None
        self.announced = asyncio.Event()

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    async def start(self) -> None:
        """Brings the tables up to date. Raises `OSError` where the database is not to be had."""
        if self._turn is not None and not self.in_memory:
            Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        try:
            async with self._engine.execution_options(**{_WRITES: True}).begin() as connection:
                if self.in_memory:
                    # It is empty: nobody need look for tables.
                    await connection.run_sync(partial(metadata().create_all, checkfirst=False))
                else:
                    # Alembic is a fifth of what a server loads, and nothing of it is wanted in memory.
                    from wirecheck_reference.store.migrations import upgrade

                    await connection.run_sync(upgrade)
        except OperationalError as error:
            raise OSError(None, str(error.orig).strip().partition("\n")[0]) from None

    async def stop(self) -> None:
        """Closes all connections; what was in memory is gone."""
        await self._engine.dispose()

    async def connect(self) -> AsyncConnection:
        """A connection that is no unit of work, for as long as it is not closed."""
        return await self._engine.connect()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A unit of work that only looks: all of it sees one state of the database."""
        async with self._sessions.begin() as work:
            yield work

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A unit of work: when the block ends all of it is durable, or, where it raises, none of it has been.

        One writes at a time, in all servers together: what is made later then stands later in a list, and nobody who
        follows a cursor passes what somebody is still about to commit.
        """
        async with AsyncExitStack() as stack:
            if self._turn is not None:
                await stack.enter_async_context(self._turn)
            work = await stack.enter_async_context(self._sessions.begin())
            await work.connection(execution_options={_WRITES: True})
            if self._turn is None:
                await work.execute(select(func.pg_advisory_xact_lock(_WRITER)))
            yield work
        if ANNOUNCED in work.info:
            self.announced.set()


def _with_driver(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("a database is sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME") from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ValueError(f"a database is sqlite:///FILE or postgresql://..., not {url.drivername}")
    return url.set(drivername=driver)


def _engine(url: URL, *, in_memory: bool) -> AsyncEngine:
    # One connection is the whole of a database in memory: units of work wait for it.
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {}
    try:
        engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, **pool)
    except ModuleNotFoundError:
        raise ValueError("a database of PostgreSQL needs its client: pip install 'wirecheck[postgres]'") from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    """SQLite as it is wanted, and its transactions begun by us: its module would begin them late, and only to write."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A unit that will write begins as a writer: one that had read before could no longer become one."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
