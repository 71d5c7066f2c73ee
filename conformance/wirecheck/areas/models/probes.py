"""Models: the list, one model, an unknown one, ids with a slash, cursors."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wirecheck.areas.chat.probes.chat import sync
from wirecheck.areas.http import probes as http
from wirecheck.areas.http.probes import Named
from wirecheck.areas.models.asking import MODELS
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent, at
from wirecheck.evidence.unseen import Unseen, accepts

UNKNOWN = "no-such-model-7f3a"
PAGES = 5


@dataclass(frozen=True)
class Walk:
    """The pages that a client sees who asks for `limit` a page, beside the whole list."""

    whole: Exchange
    pages: tuple[Exchange, ...]
    limit: int


@dataclass(frozen=True)
class Offer:
    """What a server says that it has, and a chat with the model that the run talks to."""

    model: str
    whole: Exchange
    chat: Exchange


@dataclass(frozen=True)
class Slash:
    """A model with "/" in its id, asked for plainly and as %2F."""

    id: str
    plain: Exchange
    escaped: Exchange


@dataclass(frozen=True)
class Tagged:
    """What has an entity tag, asked for by who names that tag, and by who names another."""

    whole: Exchange
    known: Exchange
    other: Exchange


def ids(exchange: Exchange) -> list[str]:
    """The ids of a list in order."""
    data = exchange.at("data")
    found = [at(item, "id") for item in data] if isinstance(data, list) else []
    return [each for each in found if isinstance(each, str)]


@probe()
async def listed(asker: Asker) -> Exchange:
    """The list of models."""
    return await asker.send(Draft("GET", MODELS, intent=Intent("", valid=True)))


@probe()
async def one(asker: Asker) -> Exchange:
    """The object of the model that the run talks to."""
    path = f"{MODELS}/{quote(asker.target.model, safe='')}"
    return await asker.send(Draft("GET", path, intent=Intent("", valid=True)))


@probe(0, sees=(listed, sync))
async def offered(asker: Asker) -> Offer:
    """The list of models, and a chat with the model that the run talks to."""
    return Offer(asker.target.model, await asker.see(listed), await asker.see(sync))


@probe(sees=(http.page,))
async def unknown(asker: Asker) -> Named:
    """The object of a model that nobody has, asked for from a page of another origin, with an id of the caller's."""
    own = http.own_id(asker)
    page = await asker.see(http.page)
    headers = {**page, "x-request-id": own}
    return Named(own, await asker.send(Draft("GET", f"{MODELS}/{UNKNOWN}", headers=headers)))


@probe(2, sees=(listed,))
async def slash(asker: Asker) -> Slash:
    """The first listed model with a slash in its id, asked for with the slash and with %2F."""
    found = [each for each in ids(await asker.see(listed)) if "/" in each]
    if not found:
        raise Unseen("no model with a slash in its id is listed")
    plain = await asker.send(Draft("GET", f"{MODELS}/{quote(found[0], safe='/')}"))
    return Slash(found[0], plain, await asker.send(Draft("GET", f"{MODELS}/{quote(found[0], safe='')}")))


@probe()
async def first_page(asker: Asker) -> Exchange:
    """The list of models with `limit=1`."""
    return await asker.send(Draft("GET", f"{MODELS}?limit=1"))


@probe(PAGES - 1, sees=(listed, first_page))
async def walk(asker: Asker) -> Walk:
    """The list of models in pages of one, as far as five pages."""
    whole = await asker.see(listed)
    if len(ids(whole)) < 2:
        raise Unseen("fewer than two models are listed: no second page to see")
    pages = [await asker.see(first_page)]
    while len(pages) < PAGES and ids(pages[-1]) and pages[-1].at("has_more") is True:
        after = quote(ids(pages[-1])[-1], safe="")
        pages.append(await asker.send(Draft("GET", f"{MODELS}?limit=1&after={after}")))
    return Walk(whole, tuple(pages), 1)


@probe(4, quick=0, sees=(listed, one))
async def tagged(asker: Asker) -> tuple[Tagged, ...]:
    """The list and one model, where they have entity tags, each with `If-None-Match` of its tag and of another."""
    only_longer(asker)
    found = []
    for whole in (await asker.see(listed), await asker.see(one)):
        tag = whole.header("etag")
        if whole.status != 200 or tag is None:
            continue

        async def get(case: str, named: str, path: str = whole.request.path) -> Exchange:
            headers = {"if-none-match": named}
            return await asker.send(Draft("GET", path, headers=headers, intent=Intent("", case=case)))

        known = await get("If-None-Match with the tag of what is asked for", tag)
        found.append(Tagged(whole, known, await get("If-None-Match with another tag", '"wirecheck"')))
    if not found:
        raise Unseen("neither the list nor the model has an ETag")
    return tuple(found)


@probe(0, sees=(listed, first_page))
async def has_cursors(asker: Asker) -> bool:
    """Whether the list of models comes in pages: it says that there is more, or `limit` makes it shorter.

    One that is always whole and says so may leave `limit` unread: nobody loses anything by that.
    """
    whole = await asker.see(listed)
    if not accepts(whole) or not isinstance(whole.at("has_more"), bool):
        return False
    if whole.at("has_more") is True:
        return True
    if len(ids(whole)) < 2:
        raise Unseen("fewer than two models are listed: whether there are pages cannot be seen")
    page = await asker.see(first_page)
    return accepts(page) and (page.at("has_more") is True or len(ids(page)) < len(ids(whole)))
