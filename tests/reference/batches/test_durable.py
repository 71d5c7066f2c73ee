"""Jobs that outlast their process: what was given up is begun again by the next."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dbos import DBOS
from wirecheck_reference.jobs.durable import Durable
from wirecheck_reference.jobs.tasks import Work
from wirecheck_reference.store.liveness import LockedFiles


def test_what_was_given_up_is_begun_again(tmp_path: Path) -> None:
    async def unfinished() -> list[str]:
        return ["one"] if begun else []

    async def never_ends(id_: str) -> None:
        begun.append(id_)
        began.set()
        await asyncio.Event().wait()

    async def ends(id_: str) -> None:
        done.append(id_)
        ended.set()

    begun: list[str] = []
    done: list[str] = []
    began, ended = asyncio.Event(), asyncio.Event()

    def jobs(work: Work) -> Durable:
        url = f"sqlite:///{tmp_path / 'jobs.db'}"
        liveness = LockedFiles(tmp_path / "workers")
        return Durable(url, work, unfinished, liveness, at_once=1, shared=False)

    async def run() -> None:
        first = jobs(never_ends)
        await first.start()
        await first.add("one")
        await began.wait()
        await DBOS.cancel_workflow_async("one")
        await first.stop()
        second = jobs(ends)
        await second.start()
        await ended.wait()
        await second.stop()

    asyncio.run(asyncio.wait_for(run(), 60))
    assert (begun, done) == (["one"], ["one"])
