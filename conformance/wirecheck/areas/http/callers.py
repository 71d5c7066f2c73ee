"""What callers bring along (an id of their own, the origin of their page), as other probes saw it. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.probes import concurrency
from wirecheck.areas.http import probes as http
from wirecheck.areas.models import probes as models
from wirecheck.asking.probe import Asker, probe


@dataclass(frozen=True)
class Names:
    """Requests with ids of their own: a list, chats, streams and an error."""

    named: tuple[http.Named, ...]


@probe(0, sees=(concurrency.crowd, http.named, models.unknown))
async def names(asker: Asker) -> Names:
    """The requests that came with an id of the caller's: a list, an unknown model, sixteen chats at once."""
    crowd = await asker.see(concurrency.crowd)
    return Names((await asker.see(http.named), await asker.see(models.unknown), *crowd.named))
