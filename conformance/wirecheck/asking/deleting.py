"""Ending what a run made. Knows neither what that is nor who made it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from wirecheck.asking.client import Client
from wirecheck.asking.ending import ended, ending
from wirecheck.evidence.exchange import Intent
from wirecheck.evidence.unseen import Gone

# Seconds that a deletion of all may take, however the asking before it ended.
SECONDS: Final = 20.0


async def delete(client: Client, paths: Iterable[str], intent: Intent) -> list[str]:
    """Ends what is at the paths, one after the other; the paths of what could not be ended.

    The client gets `SECONDS` for it where fewer are left to it.
    """
    client.budget.deadline = max(client.budget.deadline, time.monotonic() + SECONDS)
    kept: list[str] = []
    for path in paths:
        try:
            if ended(await client.send(ending(path, intent=intent))) is not None:
                continue
        except Gone:
            pass  # nothing more may be sent: it stays
        kept.append(path)
    return kept
