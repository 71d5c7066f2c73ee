"""Which of the processes that share a database are alive: each holds a lock, which the system frees when it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from wirecheck_reference.store.database import Database


class Liveness(Protocol):
    """Locks by the names of processes."""

    async def hold(self, name: str) -> None:
        """Shows that this process is alive, until it ends."""
        ...

    def unless_alive(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Whether another has ended; where it has, nobody else is told so within the block."""
        ...

    async def release(self) -> None:
        """Shows it no longer."""
        ...


class LockedFiles:
    """Locks on files in a folder, for the processes of one machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: FileLock | None = None

    async def hold(self, name: str) -> None:
        """Locks a file of this name."""
        self._held = self._lock(name)
        self._held.acquire()

    @asynccontextmanager
    async def unless_alive(self, name: str) -> AsyncIterator[bool]:
        """Locks the file of another, if nobody does; it is gone after the block."""
        lock = self._lock(name)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            _remove(lock)

    async def release(self) -> None:
        """Unlocks and removes it: who asks for it by its name makes another."""
        if self._held is not None:
            _remove(self._held)
            self._held = None

    def _lock(self, name: str) -> FileLock:
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / name)


class AdvisoryLocks:
    """PostgreSQL's locks of sessions: a process that ends takes its session with it, on whichever machine it was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: AsyncConnection | None = None

    async def hold(self, name: str) -> None:
        """Locks it in a session of its own."""
        self._held = await self._session()
        await self._held.execute(select(func.pg_advisory_lock(_number(name))))

    @asynccontextmanager
    async def unless_alive(self, name: str) -> AsyncIterator[bool]:
        """Tries to lock that of another."""
        session = await self._session()
        try:
            yield bool(await session.scalar(select(func.pg_try_advisory_lock(_number(name)))))
        finally:
            # The session ends, and its lock with it: one that went back to the pool would keep it.
            await session.invalidate()
            await session.close()

    async def release(self) -> None:
        """Ends the session."""
        if self._held is not None:
            await self._held.invalidate()
            await self._held.close()
            self._held = None

    async def _session(self) -> AsyncConnection:
        connection = await self._database.connect()
        # Outside of transactions, which would be idle for as long as the process lives.
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection


def liveness(database: Database, folder: Path) -> Liveness:
    """How the processes of a database show that they are alive: those of one in a file by files in a folder."""
    postgres = database.url.get_backend_name() == "postgresql"
    return AdvisoryLocks(database) if postgres else LockedFiles(folder)


def _remove(lock: FileLock) -> None:
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)


def _number(name: str) -> Any:
    """A lock's number of 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
