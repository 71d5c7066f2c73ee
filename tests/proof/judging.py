"""The suite run on a reference server of its own, with a fault or without."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from wirecheck.area import areas
from wirecheck.asking.target import Target, addresses
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import Judgement
from wirecheck.run import Mode, Options, run

from tests.reference.child import child

KEY: Final = "sk-good-and-long"
LIMITED: Final = "limited"


@dataclass(frozen=True)
class Fault:
    """A fault as the reference server tells of it."""

    name: str
    summary: str
    area: str
    at: tuple[str, ...]
    breaks: frozenset[str]
    rows: tuple[str, ...]

    @property
    def reach(self) -> tuple[str, ...]:
        """The requirements that its operations can break: of the areas that they stand under, and of the general ones.

        An area is general where no operation stands under it: what it says holds for all of them.
        """
        tags = {operation.id: set(operation.tags) for operation in operations()}
        own = set().union(*(tags[name] for name in self.at))
        general = set(areas()) - set().union(*tags.values())
        return tuple(each.id for each in requirements() if each.section.cites.partition("/")[0] in own | general)


@cache
def faults() -> tuple[Fault, ...]:
    """All faults, as `wirecheck faults --json` lists them."""
    line = [sys.executable, "-m", "wirecheck_reference", "faults", "--json"]
    listed = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)
    return tuple(
        Fault(
            each["name"],
            each["summary"],
            each["area"],
            tuple(each["at"]),
            frozenset(each["breaks"]),
            tuple(each["rows"]),
        )
        for each in listed
    )


class Watcher:
    """Keeps what was sent, in order."""

    def __init__(self) -> None:
        self.sent: list[Exchange] = []

    def phase(self, name: str, total: int | None = None) -> None:
        """Phases are of no interest here."""

    def saw(self, exchange: Exchange) -> None:
        """Keeps the exchange."""
        self.sent.append(exchange)


# Sentences that only a model shows which takes its time; all else is seen faster without one.
OF_TIME: Final = frozenset({"stream.as-produced", "concurrency.leaving"})
# Seconds that the slow model takes for a token: the stream that `stream.as-produced` looks at lasts over 0.2 s.
PAUSE: Final = "0.006"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """One server for all faults, each with an app of its own: its address."""
    keys = ("--api-key", KEY, "--limited-key", LIMITED)
    with child(folder, *keys, "--all-faults", "--slow-token-seconds", PAUSE, level="error") as server:
        yield server.url


def judge(
    url: str, fault: str | None, mode: Mode, *, seed: int = 1, slow: bool = True, only: tuple[str, ...] = ()
) -> tuple[Judgement, list[Exchange]]:
    """Judges the right server at an address of `serving`, or one with a fault, and gives all that was sent too."""
    watcher = Watcher()
    pairs = addresses(f"{url}/faults/{fault}" if fault else url)
    owner = {"failing_model": "echo-failing"} | ({"slow_model": "echo-slow"} if slow else {})
    target = Target(*pairs[0], model="echo", key=KEY, keys={"limited_key": LIMITED}, owner=owner, timeout=10)
    options = Options(mode=mode, seed=seed, max_time=240, only=only)
    judgement = asyncio.run(run(target, pairs, options, watcher))
    return judgement, watcher.sent


def failed(judgement: Judgement) -> dict[str, str]:
    """The requirements that failed or on which the suite broke, each with what was said."""
    return {
        each.requirement.id: "; ".join([each.reason, *(broken.message for broken in each.violations)])
        for each in judgement.results
        if each.outcome in ("failed", "errored")
    }
