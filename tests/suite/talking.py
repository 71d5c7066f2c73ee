"""The suite's client, talking to a scripted server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from wirecheck.asking.client import Budget, Client
from wirecheck.asking.draft import Draft
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange

from tests.suite.scripted import Script, Visit, serving

KEY = "sk-test-4711-secret"


@asynccontextmanager
async def talking(
    script: Script, *, patience: float = 10, seconds: float = 30, key: str | None = KEY
) -> AsyncIterator[tuple[Client, list[Visit]]]:
    """An asker, and the visits to the server that it asks."""
    async with serving(script) as (url, visits):
        target = Target(url, f"{url}/v1", model="m", key=key, timeout=patience)
        async with Client(target, seed=1, budget=Budget(time.monotonic() + seconds)) as api:
            yield api, visits


def ask(script: Script, patience: float = 10, **options: Any) -> tuple[Exchange, list[Visit]]:
    """One request to `/v1/models`, and the visits that it caused."""

    async def asking() -> tuple[Exchange, list[Visit]]:
        async with talking(script, patience=patience) as (api, visits):
            return await api.send(Draft("GET", "/v1/models", **options)), visits

    return asyncio.run(asking())


async def fine(visit: Visit) -> None:
    await visit.answer(b'{"a": 1}', 200, "content-type: application/json", "x-a: 1", "x-a: 2")


async def silent(visit: Visit) -> None:
    await visit.gone.wait()


async def slammed(_: Visit) -> None:
    """Closes the connection without a word."""
