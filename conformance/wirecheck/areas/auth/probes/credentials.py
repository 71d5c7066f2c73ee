"""Chats with what is no longer good, or never was: a revoked key, an expired one, tokens that nobody signed."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.auth.probes.keys import wrong
from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.areas.chat.probes.chat import sync
from wirecheck.asking.forging import ALTERED
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen


@dataclass(frozen=True)
class Ended:
    """Chat with a key that nobody has, and with one that is no longer good."""

    stranger: Exchange
    answer: Exchange


@dataclass(frozen=True)
class Forged:
    """Chat with a key that nobody has, with a good token, with tokens made of it without a signature, and altered."""

    stranger: Exchange
    good: Exchange
    unsigned: tuple[Exchange, ...]
    altered: Exchange


async def _chat(asker: Asker, key: str, case: str) -> Exchange:
    return await chat(asker, "hello", **STEADY, key=key, intent=Intent("", case=case))


async def _ended(asker: Asker, name: str, case: str) -> Ended:
    key = asker.target.keys.get(name)
    if key is None:
        raise Unseen(f"no {name} is given")
    return Ended(await asker.see(wrong), await _chat(asker, key, case))


@probe(sees=(wrong,))
async def revoked(asker: Asker) -> Ended:
    """Chat with a key that was revoked."""
    return await _ended(asker, "revoked_key", "a revoked key")


@probe(sees=(wrong,))
async def expired(asker: Asker) -> Ended:
    """Chat with a key or token whose time is over."""
    return await _ended(asker, "expired_key", "an expired key")


@probe(5, quick=3, sees=(sync, wrong))
async def forged(asker: Asker) -> Forged:
    """Chat with a good JSON Web Token, with one of `alg: none` (in longer runs spelled otherwise, too), and altered."""
    token = asker.target.token
    if token is None:
        raise Unseen("the key is not a JSON Web Token, and no token is given")
    own = token == asker.target.key
    good = await asker.see(sync) if own else await _chat(asker, token, "a JSON Web Token")
    ways = asker.target.forged
    unsigned = [how for how in ways if how != ALTERED][: 1 if asker.quick else None]
    answers = [await _chat(asker, ways[how], f"the token {how}") for how in unsigned]
    altered = await _chat(asker, ways[ALTERED], f"the token {ALTERED}")
    return Forged(await asker.see(wrong), good, tuple(answers), altered)
