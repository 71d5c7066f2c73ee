"""Whatever the contract allows, the echo answers or refuses."""

from __future__ import annotations

import asyncio
import os

from tests.reference.engines.generated import feed

COUNT = int(os.environ.get("ENGINE_EXAMPLES", "1500"))


def test_the_echo_answers_or_refuses_what_the_schema_generates() -> None:
    seen = asyncio.run(feed(COUNT, seed=1))
    assert not seen.broken
    assert seen.answered > COUNT // 20, "hardly anything that was made is a request"
