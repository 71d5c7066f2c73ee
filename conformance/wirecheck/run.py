"""A run: prepare, find the features, ask the probes, sweep, judge. Knows no report and no command line."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Final, Literal

from wirecheck.area import features, sweeping
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.clearing import clear
from wirecheck.contract.document import digest
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.gathering import Seen, Watcher, ask, ask_for_life, doubts, send_generated
from wirecheck.judging.plan import Plan, Profile, choose, inside, named
from wirecheck.judging.presence import absent_operations, settled
from wirecheck.judging.requirement import Broken, Level, Requirement, requirements
from wirecheck.judging.verdict import BEYOND, AreaCost, Cost, Judgement, Result, judge, known, stale, tally
from wirecheck.preflight import prepare, warnings
from wirecheck.sweeping.sweep import Bounds, SweepBroken

Mode = Literal["quick", "default", "thorough"]

# Seconds that a run may take unless the user says otherwise, and the requests that the bounded sweep may send.
MAX_TIME: Final[dict[Mode, float]] = {"quick": 120, "default": 300, "thorough": 900}
MOST: Final[dict[Mode, int]] = {"quick": 0, "default": 1400, "thorough": 1_000_000}
# So many paths of what is left behind are named.
_PATHS: Final = 10


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


async def run(
    target: Target,
    pairs: list[tuple[str, str]],
    options: Options,
    watcher: Watcher,
    stopped: threading.Event | None = None,
) -> Judgement:
    """Judges a server. `pairs` are its possible addresses (`wirecheck.target.addresses`).

    Setting `stopped` from another thread or a signal handler ends the asking; what was seen is judged.
    Raises `wirecheck.preflight.CannotStart` where nothing can be told, `wirecheck.judging.plan.UnknownProfile` and
    `EmptyPlan` for a choice of nothing, KeyboardInterrupt where it is stopped before there is anything to judge.
    """
    profile = named(options.profile)
    plan = choose(requirements(), profile, options.only, options.level)
    began = time.monotonic()
    budget = Budget(began + (options.max_time or MAX_TIME[options.mode]))
    stopped = stopped or threading.Event()
    seen = Seen()
    quick, thorough = (options.mode == mode for mode in ("quick", "thorough"))
    async with Client(
        target,
        seed=options.seed,
        budget=budget,
        quick=quick,
        thorough=thorough,
        watch=watcher.saw,
        left_out=frozenset(each.found.name for each in features().values() if each.name not in profile.judged),
    ) as client:
        watcher.phase("looking for the server")
        preparing = asyncio.create_task(prepare(client, pairs))
        await _until_stopped(preparing, stopped)
        if preparing.cancelled():
            raise KeyboardInterrupt
        client.target = preparing.result()
        seen.warnings = await warnings(client)
        sweeps = _sweeps(plan, options)
        needed = _needed(profile) if sweeps else frozenset[str]()
        asking = asyncio.create_task(ask(client, plan, seen, watcher, sweeps=sweeps, needed=needed))
        await _until_stopped(asking, stopped)
        seen.exchanges += client.log
        target = client.target
    if _sweeps(plan, options) and not (stopped.is_set() or budget.given_up):
        await send_generated(target, _bounds(options, profile, budget, seen), seen, watcher, stopped)
    cleared: list[Exchange] = []
    seen.left_behind += await clear(target, options.seed, seen.exchanges, watcher.saw, cleared)
    seen.exchanges += cleared
    if not stopped.is_set():
        await ask_for_life(target, options.seed, seen, watcher)
    doubtful = doubts(seen, budget, interrupted=stopped.is_set())
    watcher.phase("judging")
    seen.exchanges = settled(seen.exchanges)
    results = [known(result, options.deviations) for result in _judge(plan, seen, target.declared)]
    seconds = time.monotonic() - began
    partial = len(plan) < _size(profile)
    return _judgement(target, profile, options, seen, results, seconds, doubtful, partial=partial)


def _size(profile: Profile) -> int:
    """The number of sentences that a profile judges."""
    return len([each for each in requirements() if each.feature in profile.judged])


def _sweeps(plan: Plan, options: Options) -> bool:
    """A sweep says something only to requirements that look at every answer."""
    return MOST[options.mode] > 0 and any(not isinstance(each.on, Probe) for each in plan)


def _needed(profile: Profile) -> frozenset[str]:
    """The features that a sweep has to know of: an operation that only a larger profile looks at is not swept."""
    unread = {each.queries for each in sweeping().values() if each.queries}
    return frozenset(unread | {each.feature for each in sweeping().values() if each.feature in profile.judged})


async def _until_stopped(task: asyncio.Task[Any], stopped: threading.Event) -> None:
    while not task.done():
        if stopped.is_set():
            task.cancel()
        await asyncio.wait({task}, timeout=0.2)
    if not task.cancelled():
        task.result()


def _bounds(options: Options, profile: Profile, budget: Budget, seen: Seen) -> Bounds:
    found = frozenset(name for name, state in seen.features.items() if state == "found")
    return Bounds(
        options.seed,
        budget.left,
        MOST[options.mode],
        thorough=options.mode == "thorough",
        changes=options.changes,
        features=found,
        areas=profile.areas,
        headers=seen.headers,
    )


def _untried(seen: Seen, profile: Profile, results: Sequence[Result]) -> list[str]:
    """The features of a profile on which something was to be judged, and of which no request could tell."""
    asked = {each.requirement.feature for each in results}
    names = [name for name in seen.untried if name in profile.judged & asked]
    return [f"nobody could tell whether the server has {name}: {seen.untried[name]}" for name in names]


def _judge(plan: Plan, seen: Seen, declared: frozenset[str]) -> list[Result]:
    return [_result(each, seen, declared) for each in plan]


def _result(requirement: Requirement, seen: Seen, declared: frozenset[str]) -> Result:
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
    seen: Seen,
    results: Sequence[Result],
    seconds: float,
    doubtful: Sequence[str],
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
            doubts=[*doubtful, *_untried(seen, each, results)],
        )
        for each in inside(profile)
    )
    undeclared = sorted(
        name
        for name, state in seen.features.items()
        if state == "found" and target.declared and name not in target.declared and name not in profile.required
    )
    notes = list(seen.warnings)
    notes += [f"present but not declared: {', '.join(undeclared)}"] if undeclared else []
    if seen.tried:
        notes.append(seen.tried)
    if isinstance(seen.sweep, SweepBroken):
        notes.append(f"the sweep broke: {seen.sweep}")
    notes += [str(trait) for trait in target.traits.values() if str(trait)]
    absent = absent_operations(seen.exchanges)
    if absent:
        notes.append(
            f"not on this server, and not judged: {', '.join(f'{each.method} {each.path}' for each in absent)}"
        )
    if seen.left_behind:
        paths = ", ".join(seen.left_behind[:_PATHS])
        more = f" and {len(seen.left_behind) - _PATHS} more" if len(seen.left_behind) > _PATHS else ""
        notes.append(f"created by this run, and not deleted again: {paths}{more}")
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
        Cost(len(seen.exchanges), _tokens(seen.exchanges), seconds, _by_area(seen.exchanges)),
        tuple(results),
        tallies,
        tuple(notes),
        target.secrets,
    )


def _by_area(exchanges: Sequence[Exchange]) -> tuple[AreaCost, ...]:
    """What each area cost, the dearest first: a request is of the area whose operation it asked."""
    found: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        area = exchange.operation.tags[0] if exchange.operation else BEYOND
        found.setdefault(area, []).append(exchange)
    costs = [AreaCost(name, len(mine), _tokens(mine)) for name, mine in found.items()]
    return tuple(sorted(costs, key=lambda cost: (-cost.requests, cost.area)))


def _tokens(exchanges: Sequence[Exchange]) -> int:
    """The tokens that the server counted in its answers; streams that count nothing add nothing."""
    total = 0
    for exchange in exchanges:
        count = exchange.at("usage", "total_tokens") if exchange.status == 200 else 0
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 10**9:
            total += count
    return total
