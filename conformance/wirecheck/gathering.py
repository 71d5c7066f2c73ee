"""What a run asks, and in which order: features, probes, a sweep, a last sign of life. Judges nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from wirecheck.area import areas, features, settings
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe, closure
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone, Unseen, Untried
from wirecheck.judging.plan import Plan
from wirecheck.judging.pool import probes_of
from wirecheck.preflight import sign_of_life
from wirecheck.sweeping.sweep import Bounds, SweepBroken, sweep


class Watcher(Protocol):
    """Who looks on: told of each phase, and of each exchange, from any thread."""

    def phase(self, name: str, total: int | None = None) -> None:
        """A phase begins; `total` steps are expected where that is known."""
        ...

    def saw(self, exchange: Exchange) -> None:
        """An exchange was made."""
        ...


@dataclass
class Seen:
    """What a run has found out so far.

    `untried` are the features of which no request could tell whether the server has them, each with the reason.
    `probes` and `asked` count those that the run was to ask, and those that it came to; `rough`: some of them send what
    has brought servers down. `unswept`: what became of the generated requests, where they were not all sent;
    `tried`: how many a thorough run sent, and how a longer one goes on.
    """

    features: dict[str, str] = field(default_factory=dict)
    untried: dict[str, str] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    sweep: BaseException | None = None
    left_behind: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    probes: int = 0
    asked: int = 0
    rough: bool = False
    unswept: str = ""
    tried: str = ""
    warnings: list[str] = field(default_factory=list)


def asking_order(plan: Plan, found: set[str]) -> list[Probe[Any]]:
    """The probes of the features that were found: first what is cheap and on a MUST, late what is slow, last the rough.

    What a probe looks at is asked with it, and counts as its own.
    """
    wanted: dict[str, Probe[Any]] = {}
    musts: set[str] = set()
    for each in plan:
        if each.feature in found:
            for probe in probes_of(each.on):
                wanted.setdefault(probe.name, probe)
                musts |= {probe.name} if each.level == "MUST" else set()

    def late(probe: Probe[Any]) -> tuple[bool, bool, bool]:
        whole = closure([probe])
        return (any(each.rough for each in whole), any(each.slow for each in whole), probe.name not in musts)

    return sorted(wanted.values(), key=late)


async def ask(
    client: Client, plan: Plan, seen: Seen, watcher: Watcher, *, sweeps: bool, needed: frozenset[str] = frozenset()
) -> None:
    """Looks for the features of the plan, and those that the sweep has `needed` to know of, then asks all probes."""
    names = [name for name in features() if name in needed or any(each.feature == name for each in plan)]
    watcher.phase("finding features", len(names))
    for name in names:
        try:
            seen.features[name] = "found" if await client.see(features()[name].found) else "absent"
        except Unseen as unseen:
            seen.features[name] = str(unseen)
            if isinstance(unseen, Untried):
                seen.untried[name] = str(unseen)
    await _know(client, names)
    wanted = asking_order(plan, {name for name, state in seen.features.items() if state == "found"})
    seen.probes = len(wanted)
    seen.rough = any(each.rough for each in closure(wanted))
    watcher.phase("asking", len(wanted))
    for probe in wanted:
        try:
            seen.records[probe.name] = await client.see(probe)
        except Exception as error:  # noqa: BLE001 - Unseen or a slip of the probe: either way `judge` says which
            seen.records[probe.name] = error
        seen.asked += not isinstance(seen.records[probe.name], Gone)
    seen.headers = await _headers(client) if sweeps else {}


async def _know(client: Client, names: Iterable[str]) -> None:
    """Lets the target know of what the owner did not say, where looking for features has found it: nothing is asked."""
    asked = closure(features()[name].found for name in names)
    for name, setting in settings().items():
        if setting.found is None:
            continue
        if {each for each in closure([setting.found]) if each.most(quick=False)} <= set(asked):
            try:
                client.target = client.target.knowing(name, await client.see(setting.found))
            except Unseen:
                continue


async def _headers(client: Client) -> dict[str, str]:
    """What the areas want the smallest generated requests to carry; nothing where that cannot be told."""
    found: dict[str, str] = {}
    for area in areas().values():
        if area.headers is not None:
            try:
                more: dict[str, str] = await client.see(area.headers)
                found |= more
            except Unseen:
                continue
    return found


async def send_generated(
    target: Target, bounds: Bounds, seen: Seen, watcher: Watcher, stopped: threading.Event
) -> None:
    """Sweeps, and says in `seen` what came of it."""
    watcher.phase("sweeping")
    if bounds.seconds <= 0:
        seen.unswept = "the run's time was spent before a generated request was sent"
        return
    try:
        swept = await asyncio.to_thread(sweep, target, bounds, watcher.saw, stopped)
    except SweepBroken as broken:
        seen.exchanges += broken.seen
        seen.sweep = broken
        return
    seen.exchanges += swept.exchanges
    seen.left_behind = swept.left_behind
    seen.tried = swept.told(bounds.seed) if bounds.thorough else ""
    sent = f"{len(swept.exchanges)} of at most {bounds.most} generated requests"
    if swept.given_up:
        seen.unswept = f"the server fell silent after {len(swept.exchanges)} generated requests"
    elif swept.spent and not bounds.thorough:
        seen.unswept = f"the run's time was spent after {sent}"


async def ask_for_life(target: Target, seed: int, seen: Seen, watcher: Watcher) -> None:
    """One more request, over a connection of its own, where something got no answer, or may have been too much."""
    if seen.rough or any(each.unanswered for each in seen.exchanges):
        watcher.phase("asking for a sign of life")
        seen.exchanges.append(await sign_of_life(target, seed, seen.exchanges, watcher.saw))


def doubts(seen: Seen, budget: Budget, *, interrupted: bool) -> list[str]:
    """What kept a run from seeing all that it was to see, a sentence each."""
    came = f"{seen.asked} of {seen.probes} probes were asked"
    found: list[str] = []
    last = seen.exchanges[-1] if seen.exchanges else None
    if last is not None and last.unanswered:
        before = next((each for each in reversed(seen.exchanges) if each.status is not None), None)
        since = f"; the last answer was {before}" if before else ""
        found.append(f"the server answers no more ({last.error or last.end}){since}")
    if budget.given_up:
        found.append(f"the server left too many requests in a row without an answer: {came}")
    if budget.spent:
        found.append(f"the run's time was spent: {came} (more of it: --max-time)")
    if seen.unswept:
        found.append(seen.unswept)
    if interrupted:
        found.append(f"interrupted: {came}")
    return found
