"""Each fault fails exactly what it names, and the reference server fails nothing.

Here a fault is held to the sentences that its operations can break, in the shortest run that shows it; the full matrix
is `tests.proof.full`.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from wirecheck.area import features
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target, addresses
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.oracle import SWEEP
from wirecheck.judging.plan import PREFLIGHT, choose, costs, profiles, wanted
from wirecheck.judging.requirement import requirements

from tests.proof.judging import KEY, OF_TIME, Fault, failed, faults, judge, serving

# Known to be caught: were it not, the other tests would prove nothing.
CONTROL = "never-says-done"


@pytest.fixture(scope="session", autouse=True)
def control(url: str) -> None:
    """In every run, whatever is chosen of it, the control fault is caught."""
    judgement, _ = judge(url, CONTROL, "quick", slow=False)
    assert set(failed(judgement)) == {"stream.done"}
    assert judgement.verdict == "violates"


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
def test_a_fault_fails_exactly_what_it_names(fault: Fault, url: str) -> None:
    slow = bool(fault.breaks & OF_TIME)
    found = failed(judge(url, fault.name, "quick", slow=slow, only=fault.reach)[0])
    if not fault.breaks <= set(found):  # seen only by what a longer run asks
        found = failed(judge(url, fault.name, "default", slow=slow, only=fault.reach)[0])
    assert set(found) == fault.breaks, "\n".join(f"{id_}: {said[:300]}" for id_, said in found.items())


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A right server of its own, whose limits nobody else has spent."""
    with serving(tmp_path_factory.mktemp("right")) as address:
        yield address


def test_the_reference_server_fails_nothing(right: str) -> None:
    judgement, sent = judge(right, None, "default")
    assert failed(judgement) == {}
    assert judgement.verdict == "conforms"
    unseen = [each.requirement.id for each in judgement.results if each.outcome != "passed"]
    assert unseen == [], "a requirement that the reference server is not seen to pass"
    assert judgement.cost.requests <= 1500
    _keeps_its_word(sent, quick=False)


def test_a_quick_run_is_short(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        judgement, sent = judge(address, None, "quick")
    assert judgement.verdict == "conforms"
    _keeps_its_word(sent, quick=True)
    core = choose(requirements(), profiles()["core"])
    assert PREFLIGHT + sum(each.requests for each in costs(core, quick=True)) <= 80
    everything = choose(requirements(), profiles()["full"])
    assert judgement.cost.requests <= PREFLIGHT + sum(each.requests for each in costs(everything, quick=True))


def _keeps_its_word(sent: list[Exchange], *, quick: bool) -> None:
    """No probe sends more than it says."""
    plan = choose(requirements(), profiles()["full"])
    said = {each.name: each.most(quick=quick) for each in wanted(plan, features())}
    counts = Counter(each.intent.origin for each in sent if each.intent.origin != SWEEP)
    assert {name: count for name, count in counts.items() if count > said.get(name, 0)} == {}


class _Onlooker:
    """An asker that notes which probes a probe looks at."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.looked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    async def see(self, probe: Probe[Any]) -> Any:
        """As the client does."""
        self.looked.add(probe.name)
        return await self._client.see(probe)


def test_a_probe_says_what_it_looks_at(right: str) -> None:
    async def asking() -> dict[str, set[str]]:
        pairs = addresses(right)
        target = Target(*pairs[0], model="echo", key=KEY, owner={"failing_model": "echo-failing"}, timeout=10)
        unsaid: dict[str, set[str]] = {}
        async with Client(target, seed=1, budget=Budget(time.monotonic() + 120)) as client:
            for each in wanted(choose(requirements(), profiles()["full"]), features()):
                onlooker: Any = _Onlooker(client)
                with suppress(Unseen):
                    await each.ask(onlooker)
                unsaid[each.name] = onlooker.looked - {seen.name for seen in each.sees}
        return {name: more for name, more in unsaid.items() if more}

    assert asyncio.run(asking()) == {}


def test_every_requirement_has_a_fault() -> None:
    named = {id_ for fault in faults() for id_ in fault.breaks}
    assert {each.id for each in requirements()} == named
