"""Work as tasks of this process: it ends with it, as all does that is kept in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

_log = structlog.get_logger("wirecheck.jobs")

Work = Callable[[str], Awaitable[None]]
"""Does all that is left of what has this id."""


class Jobs(Protocol):
    """What has work done that goes on after its request."""

    async def start(self) -> None:
        """Goes on with what was begun before this process."""
        ...

    async def add(self, id_: str) -> None:
        """Has the work done on what has this id: once, however often it is added."""
        ...

    async def stop(self) -> None:
        """Leaves off."""
        ...


class Tasks:
    """Jobs as tasks, so many at once."""

    def __init__(self, work: Work, at_once: int) -> None:
        self._work = work
        self._turn = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """There is nothing from before."""

    async def add(self, id_: str) -> None:
        """Begins at once, or when it is its turn."""
        task = asyncio.create_task(self._run(id_))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Cancels what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, id_: str) -> None:
        async with self._turn:
            try:
                await self._work(id_)
            except Exception:
                _log.exception("job failed", id=id_)
                raise
