"""Four processes behind one address are one: what they keep is in one database, what they count in one Redis."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from wirecheck.asking.connection import Connection
from wirecheck.asking.target import addresses
from wirecheck.run import Options, run

from tests.proof.judging import GIVEN, SLOW_PAUSE, Watcher, failed, target
from tests.reference.child import child
from tests.reference.postgres import cluster, new_database
from tests.reference.redis import redis

WORKERS: Final = 4
# Each request is on a connection of its own, so that any process may be the one that takes it.
ALONE: Final = Connection(headers=(("connection", "close"),))


def test_four_workers_of_one_database_are_one(tmp_path: Path) -> None:
    with cluster() as postgres, redis() as limits:
        where = ("--database", new_database(postgres), "--data", str(tmp_path / "kept"), "--rate-limit-storage", limits)
        how = ("--workers", str(WORKERS), *GIVEN, *where, "--slow-token-seconds", SLOW_PAUSE)
        with child(tmp_path, *how, level="info") as server:
            url = f"{server.url}/v1"
            options = Options(mode="default", changes=True, max_time=240)
            asked = replace(target(url), connection=ALONE)
            judgement = asyncio.run(run(asked, addresses(url), options, Watcher()))
            shares = Counter(each["process"] for each in server.logged() if each["event"] == "request")
    assert failed(judgement) == {}
    assert [each.requirement.id for each in judgement.results if each.outcome != "passed"] == []
    assert judgement.verdict == "conforms"
    assert len(shares) == WORKERS
    assert min(shares.values()) > 100
