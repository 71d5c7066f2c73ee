"""Stops the work for a client that leaves. Knows the ASGI messages, and nothing of the work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import Final, Self, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

Result = TypeVar("Result")

# Seconds that work may take before anybody watches: most answers are whole before, and a watcher costs a task.
_GRACE: Final = 0.05


class Leaving:
    """Cancels what runs inside `async with` when the client closes its connection, and says so in `left`.

    The body of the request must have been read: the next message of `receive` is then the end of the connection.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None
        self.left = False

    async def __aenter__(self) -> Self:
        """Begins to watch, soon."""
        self._work = asyncio.current_task()
        self._alarm = asyncio.get_running_loop().call_later(_GRACE, self._watch)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Ends the watch. Swallows the cancellation that it caused itself, and no other."""
        self._alarm.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if kind is not None and issubclass(kind, asyncio.CancelledError) and self.left and self._work is not None:
            return self._work.uncancel() == 0
        return False

    def _watch(self) -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            continue
        self.left = True
        if self._work is not None:
            self._work.cancel()


async def unless_left(receive: Receive, work: Awaitable[Result]) -> Result:
    """What the work comes to. Cancels it where the client leaves, and raises `ClientDisconnect`."""
    async with Leaving(receive):
        return await work
    raise ClientDisconnect
