"""Several generators at the same time, as one. Knows nothing of what they yield."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import TypeVar

T = TypeVar("T")


async def merged(sources: Sequence[AsyncGenerator[T]]) -> AsyncGenerator[T]:
    """What the sources yield, as it comes: none is ahead of who listens by more than an item.

    The first failure is raised; closing this, and failing, ends them all.
    """
    steps = {asyncio.create_task(_step(source)): source for source in sources}
    try:
        while steps:
            done, _ = await asyncio.wait(steps, return_when=asyncio.FIRST_COMPLETED)
            for task in [each for each in steps if each in done]:
                try:
                    item = task.result()
                except StopAsyncIteration:
                    del steps[task]
                    continue
                yield item
                source = steps.pop(task)
                steps[asyncio.create_task(_step(source))] = source
    finally:
        for task in steps:
            task.cancel()
        await asyncio.gather(*steps, return_exceptions=True)
        for source in sources:
            await source.aclose()


async def _step(source: AsyncGenerator[T]) -> T:
    return await anext(source)
