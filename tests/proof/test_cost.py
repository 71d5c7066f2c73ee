"""What a run costs: the right server fails nothing of it, a quick one is short, none asks more than its plan says."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import TypeVar

import pytest
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.plan import choose, costs, preflight, profiles, wanted
from wirecheck.judging.requirement import requirements
from wirecheck.run import MOST, Mode, Options

from tests.proof.judging import address, choice, failed, judge, serving, target

T = TypeVar("T")


def most(options: Options) -> int:
    """The most requests that a run may send by its plan, generated ones included."""
    plan = choose(requirements(), profiles()[options.profile], options.only, options.level)
    quick = options.mode == "quick"
    planned = sum(each.requests for each in costs(plan, quick=quick))
    return preflight(quick=quick) + planned + MOST[options.mode]


def test_the_reference_server_fails_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        judgement, _ = judge(address(url, None), choice("default"))
    assert failed(judgement) == {}
    assert judgement.verdict == "conforms"
    unseen = [each.requirement.id for each in judgement.results if each.outcome != "passed"]
    assert unseen == [], "a requirement that the reference server is not seen to pass"
    assert judgement.cost.requests <= min(2450, most(choice("default")))


def test_a_quick_run_is_short(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        judgement, _ = judge(address(url, None), choice("quick"))
    assert judgement.verdict == "conforms"
    assert judgement.cost.requests <= most(choice("quick"))


def test_a_quick_run_of_the_core_is_shorter(tmp_path: Path) -> None:
    options = Options(profile="core", mode="quick")
    assert most(options) - preflight(quick=True) <= 90
    with serving(tmp_path) as url:
        judgement, _ = judge(address(url, None), options)
    assert judgement.verdict == "conforms"
    assert judgement.cost.requests <= most(options)


class Recorder(Client):
    """A client that keeps which probe looked at which."""

    looking: tuple[str, ...] = ()
    looked: frozenset[tuple[str, str]] = frozenset()

    async def see(self, probe: Probe[T]) -> T:
        """As `Client.see`."""
        if self.looking:
            self.looked |= {(self.looking[-1], probe.name)}
        return await super().see(probe)

    async def ask(self, probe: Probe[T]) -> T:
        """As `Client.ask`."""
        self.looking += (probe.name,)
        try:
            return await super().ask(probe)
        finally:
            self.looking = self.looking[:-1]


@pytest.mark.parametrize("mode", ["quick", "default"])
def test_a_probe_asks_and_looks_at_no_more_than_it_declares(mode: Mode, tmp_path: Path) -> None:
    quick = mode == "quick"
    plan = choose(requirements(), profiles()["full"])
    probes = {each.name: each for each in wanted(plan, {each.feature for each in plan})}

    async def asking(url: str) -> Recorder:
        budget = Budget(time.monotonic() + 120)
        client = Recorder(target(address(url, None)), seed=1, budget=budget, quick=quick)
        async with client:
            client.target = client.target.knowing("context_window", 8192)
            for each in sorted(probes.values(), key=lambda each: each.rough):
                try:
                    await client.see(each)
                except Unseen:
                    continue
        return client

    with serving(tmp_path) as url:
        client = asyncio.run(asking(url))
    sent = Counter(each.intent.origin for each in client.log)
    assert len(sent) > 50
    assert {name: count for name, count in sent.items() if count > probes[name].most(quick=quick)} == {}
    declared = {(name, seen.name) for name, each in probes.items() for seen in each.sees}
    assert client.looked
    assert client.looked <= declared, client.looked - declared
