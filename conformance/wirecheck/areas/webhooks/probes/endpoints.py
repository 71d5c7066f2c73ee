"""Webhook endpoints to which nothing is sent: made, changed, and at addresses that are wrong. All are deleted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.webhooks.asking import ANYWHERE, ENDPOINTS, EVENT_TYPES, NEVER, create, one_of, path_of
from wirecheck.asking.draft import Draft
from wirecheck.asking.ending import ending
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen, accepts

_WRONG_URLS: Final = (
    ("a URL without a scheme", "example.com/wirecheck"),
    ("a URL of another scheme", "ftp://example.com/wirecheck"),
    ("a URL with a user", "https://user:word@example.com/wirecheck"),
    ("a URL with a fragment", f"{ANYWHERE}#part"),
)
# Where the clouds tell their credentials, in the notations that resolvers and browsers read.
_LINK_LOCAL: Final = (
    ("a link-local address", "http://169.254.169.254/wirecheck"),
    ("a link-local address as one number", "http://2852039166/wirecheck"),
    ("a link-local address in hexadecimal", "http://0xa9.0xfe.0xa9.0xfe/wirecheck"),
    ("a link-local address in octal", "http://0251.0376.0251.0376/wirecheck"),
    ("a link-local address within IPv6", "http://[::ffff:169.254.169.254]/wirecheck"),
    ("a link-local address of IPv6", "http://[fe80::1]/wirecheck"),
)


@dataclass(frozen=True)
class Shown:
    """Endpoints that nothing is sent to: two for all types, one that says all of itself and is changed twice.

    Each change comes with the endpoint as it was seen behind it.
    """

    plain: tuple[Exchange, ...]
    full: Exchange
    found: Exchange
    changes: tuple[tuple[Exchange, Exchange], ...]


@dataclass(frozen=True)
class Urls:
    """What became of endpoints at URLs that are wrong, and at link-local addresses."""

    wrong: tuple[Exchange, ...]
    link_local: tuple[Exchange, ...]


@probe()
async def listed(asker: Asker) -> Exchange:
    """A page of endpoints."""
    return await asker.send(Draft("GET", f"{ENDPOINTS}?limit=1"))


@probe(0, sees=(listed,))
async def has_webhooks(asker: Asker) -> bool:
    """Whether the server lists webhook endpoints."""
    answer = await asker.see(listed)
    return accepts(answer) and isinstance(answer.at("data"), list)


async def make(asker: Asker, _: str, number: int) -> Exchange:
    """The n-th endpoint of a run to which nothing is sent."""
    fields: dict[str, Any] = {"event_types": [NEVER], "metadata": {"wirecheck": f"thing {number}"}}
    return await asker.send(create(ANYWHERE, "an endpoint to which nothing is sent", **fields))


@probe(14, quick=0, sees=(has_webhooks,))
async def shown(asker: Asker) -> Shown:
    """Endpoints made and changed, the list of them, and that of the types that there are."""
    await longer(asker)
    made: list[Exchange] = []
    try:
        made += [await asker.send(create(ANYWHERE, "an endpoint for all types")) for _ in range(2)]
        asked: dict[str, Any] = {"name": "wirecheck", "event_types": [NEVER, f"{NEVER}.*"], "description": "a word"}
        made.append(await asker.send(create(ANYWHERE, "an endpoint that says all of itself", **asked)))
        path = path_of(made[-1])
        if path is None:
            raise Unseen(f"no endpoint is taken at {ANYWHERE}: {made[-1]}")
        found = await one_of(asker, path)
        changes = []
        for change in ({"name": "changed"}, {"url": f"{ANYWHERE}/changed", "event_types": [f"{NEVER}.changed"]}):
            answer = await asker.send(Draft("POST", path, change, intent=Intent("", case="a change")))
            changes.append((answer, await one_of(asker, path, "behind a change")))
        for where in (f"{ENDPOINTS}?limit=100", EVENT_TYPES):
            await one_of(asker, where)
        return Shown(tuple(made[:2]), made[2], found, tuple(changes))
    finally:
        await _clear(asker, made)


@probe(2 * (len(_WRONG_URLS) + len(_LINK_LOCAL)), quick=0, sees=(has_webhooks,))
async def urls(asker: Asker) -> Urls:
    """Endpoints where there can be none."""
    await longer(asker)

    async def asked(case: str, url: str) -> Exchange:
        answer = await asker.send(create(url, case, event_types=[NEVER]))
        await _clear(asker, [answer])
        return answer

    wrong, link_local = [[await asked(*each) for each in cases] for cases in (_WRONG_URLS, _LINK_LOCAL)]
    return Urls(tuple(wrong), tuple(link_local))


async def _clear(asker: Asker, made: list[Exchange]) -> None:
    """Deletes the endpoints that were taken."""
    for path in map(path_of, made):
        if path is not None:
            await asker.send(ending(path))


async def longer(asker: Asker) -> None:
    """Raises `Unseen` in a quick run, and where there are no endpoints."""
    only_longer(asker)
    if not await asker.see(has_webhooks):
        raise Unseen(f"the server has no {ENDPOINTS}")
