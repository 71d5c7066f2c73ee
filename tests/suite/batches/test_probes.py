"""What is sent for batches: on a right server nothing is left that could be deleted, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.asking import BATCHES
from wirecheck.areas.files.asking import FILES
from wirecheck.areas.kept.probes import LIVES
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.clearing import clear, left_over
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

from tests.reference.child import Child, child
from tests.suite.scripted import Visit
from tests.suite.talking import talking

PROBES: list[Probe[Any]] = [batches.life, batches.cancelled, batches.wrongs, batches.refusals, LIVES["listBatches"]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server without keys."""
    with child(tmp_path_factory.mktemp("server"), "--slow-token-seconds", "0.01") as running:
        yield running


def seen(url: str, probe: Probe[Any], **owner: Any) -> tuple[Any, list[Exchange], tuple[str, ...]]:
    """What a probe saw, what it sent, and what could not be ended behind it."""

    async def asking() -> tuple[Any, list[Exchange], tuple[str, ...]]:
        target = Target(url, f"{url}/v1", model="echo", timeout=10, owner=owner)
        async with Client(target, seed=1, budget=Budget(time.monotonic() + 60)) as client:
            found = await client.see(probe)
        log = list(client.log)
        left = await clear(target, 1, client.log, lambda _: None, log)
        return found, log, left

    return asyncio.run(asking())


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_nothing_is_left_behind(server: Child, probe: Probe[Any]) -> None:
    _, log, left = seen(server.url, probe, slow_model="echo-slow")
    assert any(each.request.path == BATCHES for each in log)
    assert server.client.get(FILES).json()["data"] == []
    assert (left, left_over(log)) == ((), [])
    states = {each["status"] for each in server.client.get(BATCHES, params={"limit": 100}).json()["data"]}
    assert states <= {"completed", "failed", "cancelled"}


def test_a_slow_batch_is_cancelled_in_the_middle(server: Child) -> None:
    found, _, _ = seen(server.url, batches.cancelled, slow_model="echo-slow")
    assert found.before.status == "in_progress"
    assert found.before.last.at("request_counts", "completed") >= 1
    assert found.after.status == "cancelled"


def _body(visit: Visit, state: str) -> dict[str, Any]:
    """What a server answers that takes whatever it is sent, and has batches in one state."""
    if visit.path.startswith("/v1/batches") and "limit" not in visit.path:
        told = {"id": "batch_1", "object": "batch", "status": state, "created_at": 1}
        return {**told, **json.loads(visit.body or b"{}")}
    if visit.method == "POST":
        return {"id": "file-1", "object": "file", "created_at": 1, "purpose": "batch"}
    return {"object": "list", "data": [], "has_more": False}


def test_patience_ends_and_is_lost_once_alone() -> None:
    async def script(visit: Visit) -> None:
        await visit.answer(json.dumps(_body(visit, "in_progress")).encode(), 200, "content-type: application/json")

    async def asking() -> None:
        async with talking(script) as (api, visits):
            api.target = replace(api.target, owner={"batch_seconds": 1})
            life = await api.see(batches.life)
            assert not life.job.over
            # At once, after 0.1 s, and after 0.3 s more: the next pause would be too long.
            assert sum(visit.path == f"{BATCHES}/batch_1" for visit in visits) == 3
            assert visits[-2].path == f"{BATCHES}/batch_1/cancel"
            others: list[Probe[Any]] = [batches.cancelled, batches.wrongs]
            for each in others:
                with pytest.raises(Unseen, match="not over in time"):
                    await api.see(each)

    asyncio.run(asking())


def test_a_quick_run_begins_no_batch() -> None:
    async def script(visit: Visit) -> None:
        await visit.answer(json.dumps(_body(visit, "completed")).encode(), 200, "content-type: application/json")

    async def asking() -> None:
        async with talking(script) as (api, visits):
            api.quick = True
            assert await api.see(batches.has_batches)
            for each in (*PROBES, batches.idle, batches.plain):
                with pytest.raises(Unseen, match="quick"):
                    await api.see(each)
            assert not [visit for visit in visits if visit.method == "POST" and "batches" in visit.path]

    asyncio.run(asking())
