"""What callers bring along (an id of their own, the origin of their page), as other probes saw it. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.exchange import Exchange
from wirecheck.probe import Asker, Unseen, probe
from wirecheck.probes import auth, chat, concurrency, errors, http, models, streaming


@dataclass(frozen=True)
class Names:
    """Requests with ids of their own: a list, chats, streams and an error."""

    named: tuple[http.Named, ...]


@dataclass(frozen=True)
class Nameless:
    """Answers to requests without ids of their own: chats, streams and errors."""

    answers: tuple[Exchange, ...]


@dataclass(frozen=True)
class Pages:
    """Answers to requests from a page of another origin: a preflight, a list, chats, streams and errors."""

    answers: tuple[Exchange, ...]


@probe
async def names(asker: Asker) -> Names:
    """All that was asked with an id."""
    crowd = await asker.see(concurrency.crowd)
    return Names((await asker.see(http.named), await asker.see(models.unknown), *crowd.named))


@probe
async def nameless(asker: Asker) -> Nameless:
    """Some of what was asked without an id: of each kind two or more."""
    chats, failed = await asker.see(chat.again), await asker.see(errors.unknown_model)
    streams = (await asker.see(streaming.streamed), await asker.see(streaming.counted))
    refused = (failed.sync, failed.stream, await asker.see(errors.broken_json))
    return Nameless((chats.sync, chats.stream, *streams, *refused))


@probe
async def pages(asker: Asker) -> Pages:
    """All that was asked from a page. Raises `Unseen` where nothing was answered."""
    preflight, named = await asker.see(http.preflight), await asker.see(http.named)
    crowd = await asker.see(concurrency.crowd)
    refused = ((await asker.see(models.unknown)).answer, *([await asker.see(auth.missing)] if asker.target.key else []))
    asked = (preflight, named.answer, *refused, *(each.answer for each in crowd.named))
    sent = [each for each in asked if any(name == "origin" for name, _ in each.request.headers)]
    answered = tuple(each for each in sent if each.status is not None)
    if not answered:
        raise Unseen("no request from a page of another origin was answered")
    return Pages(answered)
