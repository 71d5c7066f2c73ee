"""Models: the list, one model, an unknown one, ids with a slash, cursors."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wirecheck.exchange import Exchange, Intent, at
from wirecheck.probe import Asker, Unseen, probe
from wirecheck.probes.asking import MODELS, accepts

UNKNOWN = "no-such-model-7f3a"
PAGES = 5


@dataclass(frozen=True)
class Walk:
    """The pages that a client sees who asks for `limit` a page, beside the whole list."""

    whole: Exchange
    pages: tuple[Exchange, ...]
    limit: int


@dataclass(frozen=True)
class Slash:
    """A model with "/" in its id, asked for plainly and as %2F."""

    id: str
    plain: Exchange
    escaped: Exchange


def ids(exchange: Exchange) -> list[str]:
    """The ids of a list in order."""
    data = exchange.at("data")
    found = [at(item, "id") for item in data] if isinstance(data, list) else []
    return [each for each in found if isinstance(each, str)]


@probe
async def listed(asker: Asker) -> Exchange:
    """The list."""
    return await asker.send("GET", MODELS, intent=Intent("", valid=True, operation="listModels"))


@probe
async def one(asker: Asker) -> Exchange:
    """The model that the run talks to."""
    path = f"{MODELS}/{quote(asker.target.model, safe='')}"
    return await asker.send("GET", path, intent=Intent("", valid=True, operation="getModel"))


@probe
async def unknown(asker: Asker) -> Exchange:
    """A model that nobody has."""
    return await asker.send("GET", f"{MODELS}/{UNKNOWN}")


@probe
async def slash(asker: Asker) -> Slash:
    """The first listed model with a slash."""
    found = [each for each in ids(await asker.see(listed)) if "/" in each]
    if not found:
        raise Unseen("no model with a slash in its id is listed")
    plain = await asker.send("GET", f"{MODELS}/{quote(found[0], safe='/')}")
    return Slash(found[0], plain, await asker.send("GET", f"{MODELS}/{quote(found[0], safe='')}"))


@probe
async def walk(asker: Asker) -> Walk:
    """The list in pages of one, as far as `PAGES` pages."""
    whole = await asker.see(listed)
    if len(ids(whole)) < 2:
        raise Unseen("fewer than two models are listed: no second page to see")
    pages: list[Exchange] = []
    after = ""
    while len(pages) < PAGES:
        page = await asker.send("GET", f"{MODELS}?limit=1{after}")
        pages.append(page)
        if not ids(page) or page.at("has_more") is not True:
            break
        after = f"&after={quote(ids(page)[-1], safe='')}"
    return Walk(whole, tuple(pages), 1)


@probe
async def has_cursors(asker: Asker) -> bool:
    """Whether the list claims to come in pages."""
    exchange = await asker.see(listed)
    return accepts(exchange) and isinstance(exchange.at("has_more"), bool)
