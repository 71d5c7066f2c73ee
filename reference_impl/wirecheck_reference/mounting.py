"""One server for many: the right one at the root, each other below a path of its own. Knows none of them by name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class _Running:
    """An app whose lifespan has begun: what it yielded, what ends it, and the task in which it lasts."""

    app: FastAPI
    state: Mapping[str, Any]
    ended: asyncio.Event
    task: asyncio.Task[None]


class NamedPaths:
    """An ASGI app that answers `PREFIX/NAME/...` with the app that `make` makes of a name, and the rest with `right`.

    `prefix` begins and ends with a slash.

    An app is made when it is first asked, and lasts until the server ends: what is done to one is not seen by another.
    """

    def __init__(self, right: ASGIApp, prefix: str, names: Iterable[str], make: Callable[[str], FastAPI]) -> None:
        self._right = right
        self._prefix = prefix
        self._names = frozenset(names)
        self._make = make
        self._starts: dict[str, asyncio.Task[_Running]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on, its path cut to what follows the name."""
        if scope["type"] == "lifespan":
            await self._right(scope, self._receive_ending(receive), send)
            return
        name, _, rest = scope["path"].removeprefix(self._prefix).partition("/")
        if not scope["path"].startswith(self._prefix) or name not in self._names:
            await self._right(scope, receive, send)
            return
        if name not in self._starts:
            self._starts[name] = asyncio.create_task(self._start(name))
        # A client that leaves must not take the server away from those who wait for it too.
        running = await asyncio.shield(self._starts[name])
        # No `root_path`: mounted routes, such as the assets of /docs, would look for it at the front of the path.
        cut = {
            "path": f"/{rest}",
            "raw_path": _cut(scope.get("raw_path"), f"{self._prefix}{name}"),
            "state": dict(running.state),
        }
        await running.app({**scope, **cut}, receive, send)

    async def _start(self, name: str) -> _Running:
        app, ended = self._make(name), asyncio.Event()
        began: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()

        async def last() -> None:
            # Begun and ended in one task, as whatever a lifespan holds may ask for.
            try:
                async with app.router.lifespan_context(app) as state:
                    began.set_result(state or {})
                    await ended.wait()
            except BaseException as error:
                if began.done():
                    raise
                began.set_exception(error)

        task = asyncio.create_task(last())
        return _Running(app, await began, ended, task)

    def _receive_ending(self, receive: Receive) -> Receive:
        """What the right server hears of its lifespan: that it ends once all others have."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self._end()
            return message

        return received

    async def _end(self) -> None:
        starts = await asyncio.gather(*self._starts.values(), return_exceptions=True)
        running = [each for each in starts if isinstance(each, _Running)]
        for each in running:
            each.ended.set()
        await asyncio.gather(*(each.task for each in running))


def _cut(raw_path: bytes | None, front: str) -> bytes | None:
    prefix = front.encode()
    return raw_path if raw_path is None or not raw_path.startswith(prefix) else raw_path[len(prefix) :] or b"/"
