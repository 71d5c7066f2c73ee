"""A run: prepare, find the features, ask the probes, sweep, judge. Knows no report and no command line."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any, Final, Literal, Protocol

from wirecheck.area import areas, features, sweeping
from wirecheck.asking.client import GIVE_UP, Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.contract.document import digest
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.plan import Plan, Profile, choose, inside, profiles
from wirecheck.judging.pool import probes_of
from wirecheck.judging.presence import absent_operations, settled
from wirecheck.judging.requirement import Broken, Level, Requirement, requirements
from wirecheck.judging.verdict import Cost, Judgement, Result, judge, known, stale, tally
from wirecheck.preflight import prepare
from wirecheck.sweeping.sweep import Bounds, SweepBroken, sweep

Mode = Literal["quick", "default", "thorough"]

# Seconds that a run may take unless the user says otherwise, and the requests that the bounded sweep may send.
MAX_TIME: Final[dict[Mode, float]] = {"quick": 120, "default": 300, "thorough": 900}
MOST: Final[dict[Mode, int]] = {"quick": 0, "default": 1200, "thorough": 1_000_000}


class Watcher(Protocol):
    """Who looks on: told of each phase, and of each exchange, from any thread."""

    def phase(self, name: str, total: int | None = None) -> None:
        """A phase begins; `total` steps are expected where that is known."""
        ...

    def saw(self, exchange: Exchange) -> None:
        """An exchange was made."""
        ...


@dataclass(frozen=True)
class Options:
    """What the user chose. `max_time` in seconds, None for that of the mode.

    `changes`: operations that change what the server keeps may be swept.
    """

    profile: str = "full"
    only: tuple[str, ...] = ()
    level: Level | None = None
    seed: int = 1
    mode: Mode = "default"
    changes: bool = False
    max_time: float | None = None
    deviations: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Seen:
    """What a run has found out so far."""

    features: dict[str, str] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    sweep: BaseException | None = None
    left_behind: tuple[str, ...] = ()
    tried: str = ""
    headers: dict[str, str] = field(default_factory=dict)


async def run(
    target: Target,
    pairs: list[tuple[str, str]],
    options: Options,
    watcher: Watcher,
    stopped: threading.Event | None = None,
) -> Judgement:
    """Judges a server. `pairs` are its possible addresses (`wirecheck.target.addresses`).

    Setting `stopped` from another thread or a signal handler ends the asking; what was seen is judged.
    Raises `wirecheck.preflight.CannotStart` where nothing can be told, `wirecheck.plan.EmptyPlan` for an empty choice,
    KeyboardInterrupt where it is stopped before there is anything to judge.
    """
    profile = profiles()[options.profile]
    plan = choose(requirements(), profile, options.only, options.level)
    began = time.monotonic()
    budget = Budget(began + (options.max_time or MAX_TIME[options.mode]))
    stopped = stopped or threading.Event()
    seen = _Seen()
    quick = options.mode == "quick"
    async with Client(target, seed=options.seed, budget=budget, quick=quick, watch=watcher.saw) as client:
        watcher.phase("looking for the server")
        preparing = asyncio.create_task(prepare(client, pairs))
        await _until_stopped(preparing, stopped)
        if preparing.cancelled():
            raise KeyboardInterrupt
        client.target = preparing.result()
        asking = asyncio.create_task(_ask(client, plan, seen, watcher, sweeps=_sweeps(plan, options)))
        await _until_stopped(asking, stopped)
        seen.exchanges += client.log
        target = client.target
    if _sweeps(plan, options) and not stopped.is_set():
        await _sweep(target, options, budget, seen, watcher, stopped)
    watcher.phase("judging")
    seen.exchanges = settled(seen.exchanges)
    results = [known(result, options.deviations) for result in _judge(plan, seen, target.declared)]
    seconds = time.monotonic() - began
    judgement = _judgement(target, profile, options, seen, results, seconds, partial=len(plan) < _size(profile))
    if stopped.is_set():
        return replace(judgement, notes=(*judgement.notes, "interrupted: only what was seen until then is judged"))
    return judgement


def _size(profile: Profile) -> int:
    """The number of sentences that a profile judges."""
    return len([each for each in requirements() if each.feature in profile.judged])


def _sweeps(plan: Plan, options: Options) -> bool:
    """A sweep says something only to requirements that look at every answer."""
    return MOST[options.mode] > 0 and any(not isinstance(each.on, Probe) for each in plan)


async def _until_stopped(task: asyncio.Task[Any], stopped: threading.Event) -> None:
    while not task.done():
        if stopped.is_set():
            task.cancel()
        await asyncio.wait({task}, timeout=0.2)
    if not task.cancelled():
        task.result()


async def _ask(client: Client, plan: Plan, seen: _Seen, watcher: Watcher, *, sweeps: bool) -> None:
    """Looks for the features of the plan, and those that the sweep has to know of, then asks all probes."""
    needed = {each.queries for each in sweeping().values()} if sweeps else set()
    names = [name for name in features() if name in needed or any(each.feature == name for each in plan)]
    watcher.phase("finding features", len(names))
    for name in names:
        try:
            seen.features[name] = "found" if await client.see(features()[name].found) else "absent"
        except Unseen as unseen:
            seen.features[name] = str(unseen)
    wanted: dict[str, Probe[Any]] = {}
    for each in plan:
        if seen.features[each.feature] == "found":
            for probe in probes_of(each.on):
                wanted.setdefault(probe.name, probe)
    watcher.phase("asking", len(wanted))
    for probe in sorted(wanted.values(), key=lambda each: each.rough):
        try:
            seen.records[probe.name] = await client.see(probe)
        except Exception as error:  # noqa: BLE001 - Unseen or a slip of the probe: either way `judge` says which
            seen.records[probe.name] = error
    seen.headers = await _headers(client) if sweeps else {}


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


async def _sweep(
    target: Target, options: Options, budget: Budget, seen: _Seen, watcher: Watcher, stopped: threading.Event
) -> None:
    watcher.phase("sweeping")
    if budget.left <= 0:
        return
    found = frozenset(name for name, state in seen.features.items() if state == "found")
    bounds = Bounds(
        options.seed,
        budget.left,
        MOST[options.mode],
        thorough=options.mode == "thorough",
        changes=options.changes,
        features=found,
        headers=seen.headers,
    )
    try:
        swept = await asyncio.to_thread(sweep, target, bounds, watcher.saw, stopped)
    except SweepBroken as broken:
        seen.exchanges += broken.seen
        seen.sweep = broken
    else:
        seen.exchanges += swept.exchanges
        seen.left_behind = swept.left_behind
        if bounds.thorough:
            seen.tried = swept.told(options.seed)


def _judge(plan: Plan, seen: _Seen, declared: frozenset[str]) -> list[Result]:
    return [_result(each, seen, declared) for each in plan]


def _result(requirement: Requirement, seen: _Seen, declared: frozenset[str]) -> Result:
    state = seen.features.get(requirement.feature, "the run ended before it was looked for")
    if state == "absent":
        if requirement.feature in declared:
            lacks = Broken(f"{requirement.feature} is declared, and the server lacks it")
            return Result(requirement, "failed", violations=(lacks,), count=1)
        return Result(requirement, "unsupported", features()[requirement.feature].title)
    if state != "found":
        return Result(requirement, "untestable", state)
    if not isinstance(requirement.on, Probe):
        result = judge(requirement, seen.exchanges)
        if result.outcome == "untestable" and seen.sweep is not None:
            return judge(requirement, seen.sweep)
        return result
    return judge(requirement, seen.records.get(requirement.on.name, Unseen("the run ended before this was asked")))


def _judgement(
    target: Target,
    profile: Profile,
    options: Options,
    seen: _Seen,
    results: Sequence[Result],
    seconds: float,
    *,
    partial: bool,
) -> Judgement:
    old = stale(results, options.deviations)
    tallies = tuple(
        tally(
            each.name,
            frozenset() if partial else each.required | (target.declared & each.judged),
            [result for result in results if result.requirement.feature in each.judged],
            stale_deviations=old if each.name == profile.name else (),
            partial=partial,
            gone=_gone(seen.exchanges),
        )
        for each in inside(profile)
    )
    undeclared = sorted(
        name
        for name, state in seen.features.items()
        if state == "found" and target.declared and name not in target.declared and name not in profile.required
    )
    notes = [f"present but not declared: {', '.join(undeclared)}"] if undeclared else []
    if seen.tried:
        notes.append(seen.tried)
    if isinstance(seen.sweep, SweepBroken):
        notes.append(f"the sweep broke: {seen.sweep}")
    absent = absent_operations(seen.exchanges)
    if absent:
        notes.append(
            f"not on this server, and not judged: {', '.join(f'{each.method} {each.path}' for each in absent)}"
        )
    if seen.left_behind:
        notes.append(f"created by this run, and not deleted again: {', '.join(seen.left_behind)}")
    return Judgement(
        version("wirecheck"),
        digest(),
        target.api,
        target.model,
        tuple(sorted(target.declared)),
        dict(seen.features),
        profile.name,
        options.seed,
        options.mode,
        Cost(len(seen.exchanges), _tokens(seen.exchanges), seconds),
        tuple(results),
        tallies,
        tuple(notes),
        target.secrets,
    )


def _gone(exchanges: Sequence[Exchange]) -> bool:
    """Whether the last requests of the run, as many as the client puts up with, got no answer."""
    last = exchanges[-GIVE_UP:]
    return len(last) == GIVE_UP and all(each.status is None for each in last)


def _tokens(exchanges: Sequence[Exchange]) -> int:
    """The tokens that the server counted in its answers; streams that count nothing add nothing."""
    total = 0
    for exchange in exchanges:
        count = exchange.at("usage", "total_tokens") if exchange.status == 200 else 0
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 10**9:
            total += count
    return total
