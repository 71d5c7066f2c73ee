"""What a sweep sends, in order, and how much of its bound each operation may spend. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from wirecheck.area import sweeping_of
from wirecheck.contract.operations import Operation
from wirecheck.sweeping.cases import Contract, Drawn

# Requests drawn at a time: the pause in which nothing can be stopped.
CHUNK: Final = 30
# The distance between the seeds of two draws of one run: no user's next seed.
STRIDE: Final = 1_000_003
# Draws with which every operation begins a thorough sweep, before all of them take turns.
FIRST: Final = 4
# The least requests that an operation gets of a bounded sweep, whatever its weight.
LEAST: Final = 12

# Parts of an operation's share, in percent, where it streams: its boundaries as drawn, and asked as streams.
_BOUNDARIES: Final = 55
_STREAMED: Final = 20


@dataclass(frozen=True)
class Pass:
    """One source of requests to an operation, and how they are sent: with `stream` set or as drawn, plain or as drawn.

    At most `most` are sent. `turn` counts the draws behind the first ones, in which all operations take turns.
    """

    operation: Operation
    drawn: Sequence[Drawn]
    most: int
    stream: bool | None = None
    plain: bool = False
    turn: int = 0


def next_seed(seed: int, turn: int) -> int:
    """The seed of a thorough sweep that draws on where one with `seed` came to that turn."""
    return seed + STRIDE * turn


def share(most: int, operation: Operation, rest: Sequence[Operation]) -> int:
    """How many of `most` requests an operation may get beside the `rest` that is still to come.

    It goes by weight. An operation with a body weighs three times what its area says, since there is more to break.
    None gets less than `LEAST`, but where `most` is too small for that.
    """
    weights = [_weight(each) for each in rest]
    mine = _weight(operation)
    least = min(LEAST, most // (len(rest) + 1))
    return least + (most - least * (len(rest) + 1)) * mine // (mine + sum(weights))


def passes(
    source: Contract, chosen: Sequence[Operation], seed: int, left: Callable[[], int], *, thorough: bool
) -> Iterator[Pass]:
    """What is sent, in order: every operation's boundaries, then what is drawn; in a thorough sweep without end.

    `left` tells how many requests may still be sent: what an operation does not need is for those after it.
    """
    # The lightest first, what changes state last: what is asked of the light ones is soon over, and none waits long.
    ordered = sorted(chosen, key=lambda each: (_rank(each), _weight(each)))
    for place, operation in enumerate(ordered):
        most = left() if thorough else share(left(), operation, ordered[place + 1 :])
        yield from _bounded(source, operation, seed, most, thorough=thorough)
    for turn in count(FIRST) if thorough else ():
        for operation in ordered:
            for positive in (True, False):
                drawn = source.fuzz(operation.id, positive=positive, seed=seed + STRIDE * turn, count=CHUNK)
                yield from (replace(each, turn=turn) for each in _modes(operation, drawn, left()))


def _weight(operation: Operation) -> int:
    return sweeping_of(operation.id).weight * (3 if operation.request else 1)


def _rank(operation: Operation) -> int:
    """What creates comes before what reads or changes one thing, what deletes comes last."""
    one = "{" in operation.path
    if operation.stateless:
        return 2 if one else 0
    if operation.method == "DELETE":
        return 4
    return 3 if one else 1


def _bounded(source: Contract, operation: Operation, seed: int, most: int, *, thorough: bool) -> Iterator[Pass]:
    boundaries = source.coverage(operation.id)
    if not operation.streams:
        yield Pass(operation, boundaries, most)
        if operation.request:
            yield from _drawn(source, operation, seed, max(most // 4, 1), thorough=thorough)
        return
    yield Pass(operation, boundaries, most * _BOUNDARIES // 100)
    documents = [each for each in boundaries if isinstance(each.value, dict)]
    yield Pass(operation, documents, most * _STREAMED // 100, stream=True)
    yield from _drawn(source, operation, seed, most, thorough=thorough)


def _drawn(source: Contract, operation: Operation, seed: int, most: int, *, thorough: bool) -> Iterator[Pass]:
    # Drawing takes longer than asking: what is drawn is asked in every way.
    for positive, share in ((True, 16), (False, 33)):
        for part in range(FIRST if thorough else max(most // share // CHUNK, 1)):
            size = min(CHUNK, max(most // share, 1))
            drawn = source.fuzz(operation.id, positive=positive, seed=seed + STRIDE * part, count=size)
            yield from _modes(operation, drawn, most)


def _modes(operation: Operation, drawn: Sequence[Drawn], most: int) -> Iterator[Pass]:
    """Requests as drawn, which no answer may be a 5xx to; and plain, which any server can answer, in both modes."""
    yield Pass(operation, drawn, most)
    if operation.request:
        yield Pass(operation, drawn, most, plain=True)
    if operation.streams:
        yield Pass(operation, drawn, most, stream=True, plain=True)
