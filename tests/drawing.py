"""Generated requests drawn once in a test run, whatever number of servers they are sent to. Sends nothing.

They depend on the contract and the seed alone, and drawing them takes most of a default run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from wirecheck.contract.document import digest
from wirecheck.contract.operations import Operation
from wirecheck.sweeping.cases import Contract, Drawn
from wirecheck.sweeping.shares import Pass, passes, share

from tests.shared import shared


class RememberingContract(Contract):
    """A source of requests that remembers what it has drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[Hashable, list[Drawn]] = {}

    def coverage(self, operation: str) -> list[Drawn]:
        """As `Contract.coverage`."""
        return self._once(operation, lambda: super(RememberingContract, self).coverage(operation))

    def fuzz(self, operation: str, *, positive: bool, seed: int, count: int) -> list[Drawn]:
        """As `Contract.fuzz`."""

        def draw() -> list[Drawn]:
            return super(RememberingContract, self).fuzz(operation, positive=positive, seed=seed, count=count)

        return self._once((operation, positive, seed, count), draw)

    def _once(self, key: Hashable, draw: Callable[[], list[Drawn]]) -> list[Drawn]:
        if key not in self._drawn:
            self._drawn[key] = shared(f"{digest()} {key!r}", draw)
        return self._drawn[key]


@contextmanager
def drawing_once() -> Iterator[None]:
    """All sweeps inside such blocks, by the same contract, send what the first of them draws."""
    with patch("wirecheck.sweeping.sweep.Contract", lambda: _source(digest())):
        yield


@cache
def _source(_contract: str) -> RememberingContract:
    return RememberingContract()


@contextmanager
def sweeping_only(names: Collection[str]) -> Iterator[None]:
    """Sweeps inside the block ask these operations alone, with what is theirs of all requests.

    All others are those of a right server.
    """

    def only(
        source: Contract, chosen: Sequence[Operation], seed: int, left: Callable[[], int], *, thorough: bool
    ) -> Iterator[Pass]:
        mine = [each for each in chosen if each.id in names]
        shares = [share(left(), each, [other for other in chosen if other is not each]) for each in mine]
        spare = left() - sum(shares)
        return passes(source, mine, seed, lambda: max(left() - spare, 0), thorough=thorough)

    with patch("wirecheck.sweeping.sweep.passes", only):
        yield
