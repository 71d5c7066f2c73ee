"""Two servers behind one address are one: what they keep is in one database, what they count in one Redis."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from wirecheck.asking.connection import Connection
from wirecheck.asking.target import addresses
from wirecheck.run import Options, run

from tests.proof.judging import GIVEN, SLOW_PAUSE, Watcher, failed, target
from tests.reference.balancer import balanced
from tests.reference.child import child
from tests.reference.postgres import cluster, new_database
from tests.reference.redis import redis

# Each request is on a connection of its own, so that the servers take requests in turn.
IN_TURN = Connection(headers=(("connection", "close"),))


def test_two_servers_of_one_database_are_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with cluster() as postgres, redis() as limits:
        where = ("--database", new_database(postgres), "--data", str(tmp_path / "kept"), "--rate-limit-storage", limits)
        how = (*GIVEN, *where, "--slow-token-seconds", SLOW_PAUSE)
        with (
            child(tmp_path / "one", *how, level="error") as one,
            child(tmp_path / "two", *how, level="error") as two,
            balanced(one.url, two.url) as (url, given),
        ):
            asked = replace(target(f"{url}/v1"), connection=IN_TURN)
            options = Options(mode="default", changes=True, max_time=240)
            judgement = asyncio.run(run(asked, addresses(f"{url}/v1"), options, Watcher()))
    assert failed(judgement) == {}
    assert [each.requirement.id for each in judgement.results if each.outcome != "passed"] == []
    assert judgement.verdict == "conforms"
    assert min(given) > 200
    assert max(given) - min(given) <= 1
