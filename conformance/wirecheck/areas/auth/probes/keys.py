"""Keys: none, wrong ones, the right one with another scheme or spelling of it, on every route."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wirecheck.areas.chat.asking import CHAT, STEADY, chat, ends
from wirecheck.areas.chat.probes.chat import sync
from wirecheck.areas.chat.probes.streaming import streamed
from wirecheck.areas.http import probes as http
from wirecheck.areas.models.asking import MODELS
from wirecheck.areas.models.probes import listed, one
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

WRONG = "sk-wirecheck-wrong-0000"


@dataclass(frozen=True)
class Keys:
    """The same chat with one wrong key after another."""

    answers: tuple[Exchange, ...]


@dataclass(frozen=True)
class Door:
    """One route: what the right key gets there, and what those without it get."""

    keyed: Exchange
    strangers: tuple[Exchange, ...]


@dataclass(frozen=True)
class Doors:
    """Chat, chat as a stream, and the routes of the models."""

    chat: Door
    stream: Door
    models: tuple[Door, ...]


@dataclass(frozen=True)
class Schemes:
    """Chat with the right key: after `Bearer`, after `bearer`, and (not in quick runs) without that word."""

    keyed: Exchange
    lower: Exchange
    others: tuple[Exchange, ...]


@probe(sees=(http.page,))
async def missing(asker: Asker) -> Exchange:
    """Chat without a key."""
    headers = await asker.see(http.page)
    return await chat(asker, "hello", **STEADY, headers=headers, key=None, intent=Intent("", case="no key"))


def _wrong(asker: Asker) -> list[tuple[str, Intent]]:
    """Wrong keys, the sharpest first: those that are nearly right, and one that nobody has."""
    near = [(key, f"a wrong key: the right one {how}") for how, key in asker.target.near.items()]
    return [(key, Intent("", case=case)) for key, case in (*near, (WRONG, "a wrong key"))]


@probe()
async def wrong(asker: Asker) -> Exchange:
    """Chat with the right key but for its last letter; where the target has no key to change, with a made-up one."""
    key, case = _wrong(asker)[0]
    return await chat(asker, "hello", **STEADY, key=key, intent=case)


@probe(3, quick=0, sees=(wrong,))
async def wrong_keys(asker: Asker) -> Keys:
    """Chat with a wrong key: the right one but for its last letter; in longer runs others that are nearly right."""
    first = await asker.see(wrong)
    others = [] if asker.quick else _wrong(asker)[1:]
    return Keys((first, *[await chat(asker, "hello", **STEADY, key=key, intent=case) for key, case in others]))


@probe(3, quick=1, sees=(sync,))
async def schemes(asker: Asker) -> Schemes:
    """Chat with the right key after `bearer`, and in longer runs after `Basic` and after nothing."""
    if asker.target.key_header is not None:
        raise Unseen(f"the key goes by itself into the header {asker.target.key_header}")
    keyed = await asker.see(sync)
    ways = {"bearer": f"bearer {asker.target.key}"}
    if not asker.quick:
        ways |= {"nothing": f"{asker.target.key}", "Basic": f"Basic {asker.target.key}"}
    answers = [
        await chat(
            asker,
            "hello",
            **STEADY,
            headers={"authorization": header},
            key=asker.target.key,
            intent=Intent("", case=f"the right key after {scheme}"),
        )
        for scheme, header in ways.items()
    ]
    return Schemes(keyed, answers[0], tuple(answers[1:]))


@probe(6, quick=3, sees=(http.page, sync, streamed, missing, wrong, listed, one))
async def doors(asker: Asker) -> Doors:
    """Chat, chat as a stream and the routes of the models without a key, and in longer runs with a wrong one."""
    strangers: list[tuple[str | None, Intent]] = [(None, Intent("", case="no key"))]
    if not asker.quick:
        strangers.append(_wrong(asker)[0])
    page = await asker.see(http.page)
    path = f"{MODELS}/{quote(asker.target.model, safe='')}"
    streams = [
        await chat(asker, "hello", **STEADY, stream=True, headers=page, key=key, intent=case) for key, case in strangers
    ]
    lists = [await asker.send(Draft("GET", MODELS, key=key, intent=case)) for key, case in strangers]
    single = [await asker.send(Draft("GET", path, key=key, intent=case)) for key, case in strangers]
    return Doors(
        Door(await asker.see(sync), (await asker.see(missing), await asker.see(wrong))),
        Door(await asker.see(streamed), tuple(streams)),
        (Door(await asker.see(listed), tuple(lists)), Door(await asker.see(one), tuple(single))),
    )


@probe()
async def nonsense(asker: Asker) -> Exchange:
    """Chat without a key, with a body that breaks the contract."""
    return await asker.send(
        Draft("POST", CHAT, json={"messages": 5}, key=None, intent=Intent("", case="no key"), ends=ends(None))
    )


def refused(door: Door) -> bool:
    """Whether a route that the right key opens stays closed to a stranger, in whatever way."""
    statuses = [answer.status for answer in door.strangers]
    return door.keyed.status == 200 and any(
        status is not None and 300 <= status < 500 and status not in (408, 429) for status in statuses
    )


@probe(0, sees=(doors, missing, wrong, sync))
async def has_auth(asker: Asker) -> bool:
    """Whether keys mean anything to the server."""
    if asker.target.key is None:
        raise Unseen("no key was given: whether the server wants one cannot be seen")
    strangers = (await asker.see(missing), await asker.see(wrong))
    if refused(Door(await asker.see(sync), strangers)):
        return True
    seen = await asker.see(doors)
    if any(refused(door) for door in (seen.stream, *seen.models)):
        return True
    for answer in strangers:
        if answer.status is None or answer.shed:
            raise Unseen(f"cannot tell whether the server wants a key: {answer}")
    return False
