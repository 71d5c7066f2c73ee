"""A planned answer on its way: its lines told at the same time, each at the model's pace. Knows no HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from wirecheck_reference.engines.echo.manners import Manner
from wirecheck_reference.engines.merging import merged
from wirecheck_reference.errors import ApiError

Step = TypeVar("Step")

# How many steps a model that never waits tells before others get their turn.
_BREATH: Final = 32


class Counts(NamedTuple):
    """The tokens of an answer, over all its choices."""

    prompt: int
    completion: int
    reasoning: int = 0


class Busy(Protocol):
    """What counts the answers that are under way."""

    running: int


class EchoGeneration(Generic[Step]):
    """An answer in the making, of one line of steps or several."""

    def __init__(
        self, engine: Busy, lines: Sequence[Sequence[Step]], counts: Counts, manner: Manner, *, at_once: bool
    ) -> None:
        self._engine = engine
        self._lines = lines
        self._manner = manner
        self.ready: Sequence[Step] | None = [step for line in lines for step in line] if at_once else None
        self.prompt_tokens = counts.prompt
        self.completion_tokens = counts.completion
        self.reasoning_tokens = counts.reasoning

    async def deltas(self) -> AsyncGenerator[Step]:
        """The planned steps, each after the manner's pause. Raises `ApiError` (502) where the manner is to fail."""
        self._engine.running += 1
        told = [self._told(line) for line in self._lines]
        try:
            async with aclosing(told[0] if len(told) == 1 else merged(told)) as steps:
                async for step in steps:
                    yield step
        finally:
            self._engine.running -= 1

    async def _told(self, line: Sequence[Step]) -> AsyncGenerator[Step]:
        pause, fails_after = self._manner.pause, self._manner.fails_after
        for position, step in enumerate(line):
            if position == fails_after:
                raise ApiError(502, "model_error", "The model failed.")
            if pause:
                await asyncio.sleep(pause)
            elif position % _BREATH == _BREATH - 1:
                await asyncio.sleep(0)
            yield step
