"""What a client is told by the right server, and what it makes of a fault beside that."""

from __future__ import annotations

from typing import Final

from tests.clients.comparing import Told, judged, said, unstable, usable
from tests.clients.driving import Driver
from tests.clients.reaching import reaches
from tests.proof.judging import GIVEN, SLOW_PAUSE, Fault

# A client that waits as long as it is told to is served then; one that goes by its own clock is not.
_LIMIT: Final = "1/10second"
SERVER: Final = (
    *("--all-faults", *GIVEN, "--slow-token-seconds", SLOW_PAUSE),
    *("--limited-rate", _LIMIT),
)
"""The options of the server that clients are run on."""

_LONGEST: Final = 200
_WAITING: Final = "limited-waits"
# A client that hangs so often on a fault is not asked for more.
_HANGS: Final = 2


class Baseline:
    """What a client is told by the right server, asked twice."""

    def __init__(self, driver: Driver, url: str) -> None:
        self.right: dict[str, Told] = {}
        self.ignored: dict[str, frozenset[str]] = {}
        for call in driver.calls:
            first, second = driver.ask(url, call), driver.ask(url, call)
            ignored = unstable(first, second)
            if usable(first) and usable(second) and first.keys() == second.keys():
                self.right[call], self.ignored[call] = first, ignored

    def judge(self, driver: Driver, url: str, fault: Fault) -> dict[str, tuple[str, str]]:
        """The calls that reach a fault and were not fine. One that hung is asked once more: the machine may be busy."""
        found: dict[str, tuple[str, str]] = {}
        for call, right in self.right.items():
            if not reaches(call, fault.at):
                continue
            if call == _WAITING and not any(each.startswith("limits.") for each in fault.breaks):
                continue  # it takes its time, and shows nothing else
            told = driver.ask(url, call)
            outcome = judged(right, told, self.ignored[call])
            if outcome == "hangs":
                told = driver.ask(url, call)
                outcome = judged(right, told, self.ignored[call])
            if outcome != "fine":
                found[call] = (outcome, said(told)[:_LONGEST])
            if sum(each == "hangs" for each, _ in found.values()) == _HANGS:
                break
        return found
