"""Deleting what a run made. Knows neither what that is nor who made it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from wirecheck.asking.client import Client
from wirecheck.asking.draft import Draft
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone

# Seconds that a deletion of all may take, however the asking before it ended.
SECONDS: Final = 20.0


def is_gone(answer: Exchange) -> bool:
    """Whether what a request asked to delete is there no more: deleted by it, or before."""
    return 200 <= (answer.status or 0) < 300 or answer.status in (404, 410)


async def delete(client: Client, paths: Iterable[str], intent: Intent) -> list[str]:
    """Deletes what is at the paths, one after the other; the paths of what could not be deleted.

    The client gets `SECONDS` for it where fewer are left to it.
    """
    client.budget.deadline = max(client.budget.deadline, time.monotonic() + SECONDS)
    kept: list[str] = []
    for path in paths:
        try:
            if is_gone(await client.send(Draft("DELETE", path, intent=intent))):
                continue
        except Gone:
            pass  # nothing more may be sent: it stays
        kept.append(path)
    return kept
