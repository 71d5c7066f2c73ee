"""The legal variants as the reference server tells of them, and the suite run on one. Knows none by name."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wirecheck.asking.target import addresses
from wirecheck.contract.operations import operations
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import Judgement
from wirecheck.run import Mode, Options, run

from tests.drawing import sweeping_only
from tests.forked import command
from tests.proof.asked import Asked, asking_only, narrowed
from tests.proof.judging import GIVEN, SLOW_PAUSE, Watcher, target
from tests.proof.reach import reached, touched
from tests.reference.child import child


@dataclass(frozen=True)
class Variant:
    """A variant as `wirecheck variants --json` tells of it; `at` are the operations that it touches."""

    name: str
    summary: str
    at: tuple[str, ...]
    source: str


@cache
def variants() -> tuple[Variant, ...]:
    """All variants."""
    listed = json.loads(command("wirecheck_reference", "variants", "--json").stdout)
    return tuple(Variant(each["name"], each["summary"], tuple(each["at"]), each["source"]) for each in listed)


@contextmanager
def serving(folder_: Path) -> Iterator[str]:
    """The address of a server that has each variant below it."""
    slow = ("--slow-token-seconds", SLOW_PAUSE)
    with child(folder_, "--all-variants", *GIVEN, *slow, level="error") as server:
        yield server.url


def reaching(variant: Variant) -> tuple[str, ...]:
    """The ids of the requirements that the variant's operations come under."""
    return reached(tag for name in touched(variant.at) for tag in operations()[name].tags)


def judge(url: str, variant: Variant, mode: Mode, asked: Asked) -> Judgement:
    """Judges a variant by the MUSTs that reach it; in a longer run by the rest and by generated requests, too."""
    address = f"{url}/variants/{variant.name}/v1"
    other = touched(variant.at)
    musts = {each.id for each in requirements() if each.level == "MUST"}
    chosen = tuple(each for each in reaching(variant) if mode != "quick" or each in musts)
    options = Options(mode=mode, only=narrowed(asked, chosen, other), max_time=240)
    with asking_only(asked, other), sweeping_only(other):
        return asyncio.run(run(target(address), addresses(address), options, Watcher()))


def broken(judgement: Judgement) -> dict[str, str]:
    """The MUSTs that failed, and whatever the suite broke on, each with what was said."""
    return {
        each.requirement.id: "; ".join([each.reason, *(broken.message for broken in each.violations)])[:400]
        for each in judgement.results
        if each.outcome == "errored" or (each.outcome == "failed" and each.requirement.level == "MUST")
    }
