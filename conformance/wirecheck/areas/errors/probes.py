"""Errors on purpose, one for each status that a client can provoke, and a model that fails by its owner's word."""

from __future__ import annotations

import json
from typing import Any

from wirecheck.areas.chat.asking import CHAT, STEADY, chat, chat_bytes, repeat
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

# Bytes of a prompt over any context window; and over the limit of any body, where the run may send it.
LARGE = 2 * 2**20
HUGE = 16 * 2**20


def _wrong(case: str, field: str | None = None) -> Intent:
    return Intent("", case=case, field=field)


@probe(2)
async def unknown_model(asker: Asker) -> Both:
    """A chat with a model that nobody has, its name longer than that of one that is there, in both modes."""
    intent = _wrong("unknown model", "model")
    fields: dict[str, Any] = {"model": f"{asker.target.model}-no-such-7f3a", "max_tokens": 5, "intent": intent}
    return Both(await chat(asker, "hello", **fields), await chat(asker, "hello", **fields, stream=True))


@probe()
async def unknown_route(asker: Asker) -> Exchange:
    """GET of a path that no API has."""
    return await asker.send(Draft("GET", "/v1/no-such-route-7f3a", intent=_wrong("unknown route")))


@probe()
async def wrong_method(asker: Asker) -> Exchange:
    """PUT of chats, where only POST is (and GET, where chats are stored)."""
    intent = Intent("", case="wrong method", provokes="wrong method")
    return await asker.send(Draft("PUT", CHAT, json={}, intent=intent))


@probe()
async def broken_json(asker: Asker) -> Exchange:
    """A chat whose body ends too early to be JSON."""
    body = b'{"model": "m", "messages": ['
    return await chat_bytes(asker, body, intent=_wrong("malformed JSON"))


@probe()
async def wrong_media_type(asker: Asker) -> Exchange:
    """A chat whose good body calls itself text/plain."""
    messages = [{"role": "user", "content": "hello"}]
    body = {"model": asker.target.model, "messages": messages, **dialect(asker.target).of({"max_tokens": 5})}
    intent = _wrong("body called text/plain")
    return await chat_bytes(asker, json.dumps(body).encode(), intent=intent, content_type="text/plain")


@probe(rough=True)
async def too_large(asker: Asker) -> Exchange:
    """A chat with 2 MiB of prompt, over any context; in a thorough run 16 MiB, over the limit of any body too."""
    size = HUGE if asker.thorough else LARGE
    intent = _wrong(f"a body of {size // 2**20} MiB")
    return await chat(asker, "a " * (size // 2), max_tokens=5, intent=intent)


@probe(2, slow=True)
async def failing(asker: Asker) -> Both:
    """A chat with the owner's failing_model, which dies in the middle of its answer: without and with a stream."""
    model = asker.target.owner.get("failing_model")
    if model is None:
        raise Unseen("no failing_model is named")
    intent = Intent("", case="a model that fails", provokes="model failure")
    fields = {**STEADY, "model": model, "intent": intent}
    text = repeat("one two three four five six seven eight")
    return Both(await chat(asker, text, **fields), await chat(asker, text, **fields, stream=True))


@probe(0)
async def has_failing_model(asker: Asker) -> bool:
    """Whether the owner named a model that fails."""
    return "failing_model" in asker.target.owner
