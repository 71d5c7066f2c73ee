"""Work that outlasts its process, by DBOS Transact: what a process leaves when it ends, another one goes on with.

DBOS keeps what is to be done in a database, hands it out to the processes that share that, and tries again what failed.
It does not notice by itself that a process has ended: each holds a lock, that is free when it is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import structlog
from dbos import DBOS, SetWorkflowID

from wirecheck_reference.ids import new_id
from wirecheck_reference.jobs.tasks import Work
from wirecheck_reference.store.liveness import Liveness

_log = structlog.get_logger("wirecheck.jobs")

_QUEUE: Final = "jobs"
# Seconds between two looks at what there is to do, and at who has ended.
_POLLING: Final = 0.5
_WATCHING: Final = 2.0
_ATTEMPTS: Final = 10
_ENDED: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
# What was begun by one version of the server is done by the next: each step can be done again.
_VERSION: Final = "1"


class Durable:
    """Jobs in a database at a URL, `at_once` of them in this process. There can be one of these in a process.

    `unfinished` tells what is to be done whatever DBOS knows of it. `shared`: other processes take part.
    """

    def __init__(
        self,
        url: str,
        work: Work,
        unfinished: Callable[[], Awaitable[list[str]]],
        liveness: Liveness,
        *,
        at_once: int,
        shared: bool,
    ) -> None:
        self._url = url
        self._work = work
        self._unfinished = unfinished
        self._liveness = liveness
        self._at_once = at_once
        self._shared = shared
        self._launching = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Goes on with what is not finished. Costs nothing where there is nothing, and nobody else to help."""
        waiting = await self._unfinished()
        if waiting or self._shared:
            await self._launch()
        if waiting:
            # What DBOS has given up, or is done with, is still to be done.
            ended = await DBOS.list_workflows_async(workflow_ids=waiting, status=_ENDED, load_output=False)
            await DBOS.delete_workflows_async([each.workflow_id for each in ended])
        for id_ in waiting:
            await self._enqueue(id_)

    async def add(self, id_: str) -> None:
        """Has it done by whichever process has the time."""
        await self._launch()
        await self._enqueue(id_)

    async def stop(self) -> None:
        """Leaves off; what is not finished is begun again by another process, or by the next."""
        if self._watching is None:
            return
        self._watching.cancel()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(self._watching, *self._running, return_exceptions=True)
        await asyncio.to_thread(DBOS.destroy)
        # DBOS had put its own threads in the place of the loop's, and has ended them.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        _serving.clear()
        await self._liveness.release()

    async def run(self, id_: str) -> None:
        """Does the work in the loop of the server, whichever loop DBOS asks from."""
        assert self._loop is not None  # noqa: S101  # it is launched
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._run(id_), self._loop))

    async def _run(self, id_: str) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in one
        self._running.add(task)
        try:
            await self._work(id_)
        except Exception:
            _log.exception("job failed", id=id_)
            raise
        finally:
            self._running.discard(task)

    async def _launch(self) -> None:
        async with self._launching:
            if self._watching is not None:
                return
            if _serving:
                raise RuntimeError("there is one server with durable jobs in this process already")
            self._loop = asyncio.get_running_loop()
            _serving.append(self)
            me = new_id("")
            await self._liveness.hold(me)
            await asyncio.to_thread(self._start_dbos, me)
            await DBOS.register_queue_async(
                _QUEUE, worker_concurrency=self._at_once, polling_interval_sec=_POLLING, on_conflict="always_update"
            )
            self._watching = asyncio.create_task(self._watch())

    def _start_dbos(self, me: str) -> None:
        DBOS(
            config={
                "name": "wirecheck",
                "system_database_url": self._url,
                "executor_id": me,
                "application_version": _VERSION,
                "log_level": "ERROR",
                "use_listen_notify": False,
            }
        )
        DBOS.launch()

    async def _enqueue(self, id_: str) -> None:
        with SetWorkflowID(id_):
            await DBOS.enqueue_workflow_async(_QUEUE, _workflow, id_)

    async def _watch(self) -> None:
        while True:
            try:
                await self._take_over()
            except Exception:  # noqa: BLE001  # logged, and tried again
                _log.exception("cannot look for jobs of processes that have ended")
            await asyncio.sleep(_WATCHING)

    async def _take_over(self) -> None:
        """Puts what a process had begun that has ended back into the queue."""
        begun = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
        for other in {each.executor_id for each in begun if each.executor_id != DBOS.executor_id}:
            if other is None:
                continue
            async with self._liveness.unless_alive(other) as gone:
                # Looked at again: who had this lock before may have taken them over.
                theirs = await DBOS.list_workflows_async(status="PENDING", executor_id=other) if gone else []
                for each in theirs:
                    await DBOS.resume_workflow_async(each.workflow_id, queue_name=_QUEUE)


_serving: list[Durable] = []


@DBOS.workflow(name="job", max_recovery_attempts=None)
async def _workflow(id_: str) -> None:
    await _step(id_)


@DBOS.step(name="work", retries_allowed=True, max_attempts=_ATTEMPTS)
async def _step(id_: str) -> None:
    await _serving[0].run(id_)
