"""The suite run on reference servers, right or with a fault. Knows how a run is made, not what it should find."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jwt
from wirecheck.asking.target import Target, addresses
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.verdict import Judgement
from wirecheck.run import Mode, Options, run

from tests.forked import command
from tests.reference.child import child

KEY: Final = "sk-good-and-long"
OTHER: Final = "sk-other-and-long"
LIMITED: Final = "limited"
NARROW: Final = "narrow-and-long"
REVOKED: Final = "revoked-and-long"
SIGNING: Final = "a secret that is shared by those who sign and those who look"
TOKEN: Final = jwt.encode({"sub": "tests", "scope": "chat:write", "exp": 4_000_000_000}, SIGNING)
EXPIRED: Final = jwt.encode({"sub": "tests", "scope": "chat:write", "exp": 1_000_000_000}, SIGNING)
GIVEN: Final = (
    *("--api-key", KEY, "--api-key", OTHER, "--limited-key", LIMITED, "--narrow-key", NARROW),
    *("--revoked-key", REVOKED, "--jwt-secret", SIGNING),
    # The suite hears webhooks on this machine, and waits for few attempts.
    *("--webhook-private-targets", "--webhook-first-pause-seconds", "0.2", "--webhook-most-pause-seconds", "4"),
)
BESIDE: Final = {
    "limited_key": LIMITED,
    "other_key": OTHER,
    "narrow_key": NARROW,
    "revoked_key": REVOKED,
    "expired_key": EXPIRED,
    "token": TOKEN,
}
OWNER: Final = {"slow_model": "echo-slow", "failing_model": "echo-failing"}
SCOPES: Final = {"narrow_scopes": "models:read", "webhook_retry_seconds": 3}
# A stream of the slow model still takes longer than what the suite can tell from one that comes at once.
SLOW_PAUSE: Final = "0.01"


@dataclass(frozen=True)
class Fault:
    """A fault as the reference server tells of it; `at` are the operations that it touches."""

    name: str
    summary: str
    kind: str
    area: str
    topic: str
    at: tuple[str, ...]
    breaks: frozenset[str]
    rows: tuple[str, ...]


@cache
def faults() -> tuple[Fault, ...]:
    """All faults, as `wirecheck faults --json` lists them."""
    listed = json.loads(command("wirecheck_reference", "faults", "--json").stdout)
    return tuple(
        Fault(
            each["name"],
            each["summary"],
            each["kind"],
            each["area"],
            each["topic"],
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


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server that is right, with a server for each fault below it: see `address`.

    A server remembers: which key has spent its limit, how often its fault was asked. What is judged twice wants two.
    """
    slow = ("--slow-token-seconds", SLOW_PAUSE)
    with child(folder, "--all-faults", *GIVEN, *slow, level="error") as server:
        yield server.url


def address(url: str, fault: str | None) -> str:
    """The address of the server with a fault, or of the one without."""
    return f"{url}/faults/{fault}/v1" if fault else f"{url}/v1"


def target(url: str, **owner: Any) -> Target:
    """The server at an address of `address`, with what its owner says of it."""
    return Target(
        *addresses(url)[0],
        model="echo",
        key=KEY,
        keys=BESIDE,
        owner={**SCOPES, **(owner or OWNER)},
        timeout=10,
    )


def judge(url: str, options: Options, **owner: Any) -> tuple[Judgement, list[Exchange]]:
    """Judges the server at an address, and gives all that was sent too."""
    watcher = Watcher()
    judgement = asyncio.run(run(target(url, **owner), addresses(url), options, watcher))
    return judgement, watcher.sent


def choice(mode: Mode, *, only: tuple[str, ...] = (), seed: int = 1) -> Options:
    """The options of a run, with time enough for a busy machine."""
    return Options(mode=mode, only=only, seed=seed, max_time=240)


def failed(judgement: Judgement) -> dict[str, str]:
    """The requirements that failed or on which the suite broke, each with what was said."""
    return {
        each.requirement.id: "; ".join([each.reason, *(broken.message for broken in each.violations)])
        for each in judgement.results
        if each.outcome in ("failed", "errored")
    }
