"""Several generators as one: all that they yield, the first failure, and the end of all of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest
from wirecheck_reference.engines.merging import merged


class Source:
    """Yields its name so many times, and tells whether it was ended."""

    def __init__(self, name: str, times: int, *, fails: bool = False) -> None:
        self.name, self.times, self.fails = name, times, fails
        self.ended = False

    async def told(self) -> AsyncGenerator[str]:
        """The names, with a turn for others before each."""
        try:
            for _ in range(self.times):
                await asyncio.sleep(0)
                yield self.name
            if self.fails:
                raise ValueError(self.name)
        finally:
            self.ended = True


def test_all_comes_and_none_waits_for_another() -> None:
    sources = [Source("a", 100), Source("b", 1), Source("c", 0)]

    async def gathered() -> list[str]:
        return [item async for item in merged([source.told() for source in sources])]

    found = asyncio.run(gathered())
    assert sorted(found) == ["a"] * 100 + ["b"]
    assert found.index("b") < 10, "a source that has much to tell keeps none that has little waiting"
    assert all(source.ended for source in sources)


def test_the_first_failure_is_raised_and_ends_the_others() -> None:
    sources = [Source("a", 1, fails=True), Source("b", 10_000)]

    async def gathered() -> None:
        async for _ in merged([source.told() for source in sources]):
            pass

    with pytest.raises(ValueError, match="a"):
        asyncio.run(gathered())
    assert all(source.ended for source in sources)


def test_who_stops_listening_ends_them_all() -> None:
    sources = [Source("a", 10_000), Source("b", 10_000)]

    async def first() -> str:
        together = merged([source.told() for source in sources])
        item = await anext(together)
        await together.aclose()
        return item

    assert asyncio.run(first()) in ("a", "b")
    assert all(source.ended for source in sources)
