"""Keys: none, a wrong one, the right one with another spelling of the scheme, on every route."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, Unseen, probe
from wirecheck.probes.asking import CHAT, MODELS, STEADY, chat

WRONG = "sk-wirecheck-wrong-0000"


@dataclass(frozen=True)
class Doors:
    """The same lack of a key at every route."""

    answers: tuple[Exchange, ...]


@probe
async def missing(asker: Asker) -> Exchange:
    """Chat without a key."""
    return await chat(asker, "hello", **STEADY, key=None, intent=Intent("", case="no key"))


@probe
async def wrong(asker: Asker) -> Exchange:
    """Chat with a key that nobody has."""
    return await chat(asker, "hello", **STEADY, key=WRONG, intent=Intent("", case="a wrong key"))


@probe
async def lower_case(asker: Asker) -> Exchange:
    """The right key after `bearer`."""
    headers = {"authorization": f"bearer {asker.target.key}"}
    one = f"{MODELS}/{quote(asker.target.model, safe='')}"
    return await asker.send("GET", one, headers=headers, key=asker.target.key)


@probe
async def doors(asker: Asker) -> Doors:
    """Every other route without a key, and with a wrong one."""
    case = Intent("", case="no key")
    one = f"{MODELS}/{quote(asker.target.model, safe='')}"
    return Doors(
        (
            await asker.send("GET", MODELS, key=None, intent=case),
            await asker.send("GET", one, key=None, intent=case),
            await chat(asker, "hello", **STEADY, stream=True, key=None, intent=case),
        )
    )


@probe
async def nonsense(asker: Asker) -> Exchange:
    """No key, and a body that breaks the contract."""
    return await asker.send("POST", CHAT, json={"messages": 5}, key=None, intent=Intent("", case="no key"))


@probe
async def has_auth(asker: Asker) -> bool:
    """Whether keys mean anything to the server."""
    if asker.target.key is None:
        raise Unseen("no key was given: whether the server wants one cannot be seen")
    return 401 in ((await asker.see(missing)).status, (await asker.see(wrong)).status)
