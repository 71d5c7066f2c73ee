"""What callers bring along (an id of their own, the origin of their page), as other probes saw it. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.probes import chat, concurrency, streaming
from wirecheck.areas.errors import probes as errors
from wirecheck.areas.http import probes as http
from wirecheck.areas.models import probes as models
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange


@dataclass(frozen=True)
class Names:
    """Requests with ids of their own: a list, chats, streams and an error."""

    named: tuple[http.Named, ...]


@dataclass(frozen=True)
class Nameless:
    """Answers to requests without ids of their own: chats, streams and errors."""

    answers: tuple[Exchange, ...]


@probe(0, sees=(concurrency.crowd, http.named, models.unknown))
async def names(asker: Asker) -> Names:
    """The requests that came with an id of the caller's: a list, an unknown model, sixteen chats at once."""
    crowd = await asker.see(concurrency.crowd)
    return Names((await asker.see(http.named), await asker.see(models.unknown), *crowd.named))


@probe(0, sees=(chat.again, errors.unknown_model, streaming.streamed, streaming.counted, errors.broken_json))
async def nameless(asker: Asker) -> Nameless:
    """Answers to requests without an id of the caller's: chats, streams and refusals, two or more of each."""
    chats, failed = await asker.see(chat.again), await asker.see(errors.unknown_model)
    streams = (await asker.see(streaming.streamed), await asker.see(streaming.counted))
    refused = (failed.sync, failed.stream, await asker.see(errors.broken_json))
    return Nameless((chats.first, chats.second, *streams, *refused))
