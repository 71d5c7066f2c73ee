"""Deliveries: attempted until they are acknowledged, or given up. Knows no route.

What is due stands in the database: every process that shares it looks there, and one takes each attempt. This process
is told at once of what it has announced itself.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import structlog

from wirecheck_reference.jobs.posting import Outcome, Post, Poster, post_of
from wirecheck_reference.jobs.targets import Targets
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.delivery_work import (
    FAILED,
    PENDING,
    SUCCEEDED,
    Due,
    Verdict,
    next_due,
    note,
    take,
    take_due,
)

_log = structlog.get_logger("wirecheck.jobs")

# Attempts at once in a process.
_AT_ONCE: Final = 16
# Seconds after which this process looks for what others have announced, and left behind.
_POLLING: Final = 1.0
# Seconds beyond the longest attempt within which it has been noted, where its process is alive.
_NOTING: Final = 5.0


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a delivery is attempted at most, and the pauses between, in seconds.

    Up to `first`, each time up to twice as many, `most` at most; chance says how many of them (exponential backoff with
    full jitter).
    """

    first: float
    most: float
    attempts: int

    def verdict(self, outcome: Outcome, tries: int, now: float) -> Verdict:
        """What a delivery comes to after so many attempts, of which the last had this outcome, at a time in seconds."""
        status = outcome.status
        if status is not None and 200 <= status < 300:
            return Verdict(SUCCEEDED)
        if status == 410:
            return Verdict(FAILED, disabled="gone")
        if tries >= self.attempts:
            return Verdict(FAILED)
        pause = random.uniform(0, min(self.most, self.first * 2 ** min(tries - 1, 64)))  # noqa: S311  # no secret
        if status in (429, 503) and outcome.retry_after is not None:
            pause = max(pause, min(outcome.retry_after, self.most))
        return Verdict(PENDING, due=int((now + pause) * 1000))


class Deliverer:
    """Makes the deliveries of a database, for as long as it is started.

    `post` sends a request, `verdict` says what its outcome comes to: both may be put in the place of what they are.
    """

    def __init__(self, database: Database, targets: Targets, retries: Retries, seconds: float, leaving: float) -> None:
        self._database = database
        self._poster = Poster(targets, seconds)
        self._retries = retries
        self._leaving = min(seconds, leaving)
        self._lease = seconds + _NOTING
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self.targets = targets
        self.post: Callable[[Post], Awaitable[Outcome]] = self._poster.post
        self.verdict: Callable[[Outcome, int, float], Verdict] = retries.verdict

    async def start(self) -> None:
        """Goes on with what is due."""
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Leaves off; what is under way has a moment to end. What has not by then is attempted again by another."""
        if self._loop is not None:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._leaving)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._poster.stop()

    @property
    def until(self) -> int:
        """By when an attempt that begins now is noted, in Unix milliseconds."""
        return int((time.time() + self._lease) * 1000)

    async def attempt(self, id_: str) -> Outcome | None:
        """Attempts one now that nobody has attempted; None where somebody has."""
        due = await take(self._database, id_, _now(), self.until)
        return None if due is None else await self._attempt(due)

    async def _run(self) -> None:
        while True:
            announced = self._database.announced
            announced.clear()
            pause: float | None
            try:
                pause = await self._begin()
            except Exception:  # noqa: BLE001  # logged, and tried again
                _log.exception("cannot look for deliveries")
                pause = _POLLING
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await announced.wait()

    async def _begin(self) -> float | None:
        """Begins what is due; tells after how many seconds to look again, None where nothing but news is waited for."""
        free = _AT_ONCE - len(self._tasks)
        due = await next_due(self._database) if free else None
        if due is not None and due <= _now():
            for each in await take_due(self._database, _now(), self.until, free):
                task = asyncio.create_task(self._deliver(each))
                self._tasks.add(task)
                task.add_done_callback(self._done)
            due = await next_due(self._database)
        seconds = None if due is None else max(0.0, due / 1000 - time.time())
        if not free:
            return None  # Who ends tells.
        if self._database.in_memory:
            return seconds
        return _POLLING if seconds is None else min(seconds, _POLLING)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._database.announced.set()

    async def _deliver(self, due: Due) -> None:
        try:
            await self._attempt(due)
        except Exception:  # noqa: BLE001  # logged; it is due again when nobody has noted anything
            _log.exception("delivery failed", id=due.id)

    async def _attempt(self, due: Due) -> Outcome:
        begun, since = time.time(), time.monotonic()
        outcome = await self.post(post_of(due.event, due.url, due.secrets, begun))
        verdict = self.verdict(outcome, due.tries + 1, time.time())
        if verdict.status == PENDING and due.most is not None and due.tries + 1 >= due.most:
            verdict = Verdict(FAILED)
        attempt = {
            "attempted_at": int(begun),
            "status_code": outcome.status,
            "error": outcome.error,
            "duration_ms": int((time.monotonic() - since) * 1000),
        }
        await note(self._database, due, attempt, verdict, int(time.time()))
        _log.info("delivery", id=due.id, attempt=due.tries + 1, status=outcome.status, error=outcome.error)
        return outcome


def _now() -> int:
    return int(time.time() * 1000)
