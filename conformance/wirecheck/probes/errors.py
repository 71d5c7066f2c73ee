"""Errors on purpose, one for each status that a client can provoke, and a model that fails by its owner's word."""

from __future__ import annotations

from typing import Any

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, Unseen, probe, rough_probe
from wirecheck.probes.asking import CHAT, STEADY, chat, repeat
from wirecheck.probes.chat import Both

HUGE = 16 * 2**20
WRONG_METHOD = "wrong method"


def _wrong(case: str, field: str | None = None) -> Intent:
    return Intent("", operation="createChatCompletion", case=case, field=field)


@probe
async def unknown_model(asker: Asker) -> Both:
    """A model that nobody has, whose name begins with that of one who is there: without and with a stream."""
    intent = _wrong("unknown model", "model")
    fields: dict[str, Any] = {"model": f"{asker.target.model}-no-such-7f3a", "max_tokens": 5, "intent": intent}
    return Both(await chat(asker, "hello", **fields), await chat(asker, "hello", **fields, stream=True))


@probe
async def unknown_route(asker: Asker) -> Exchange:
    """A path that no API has."""
    return await asker.send("GET", "/v1/no-such-route-7f3a", intent=_wrong("unknown route"))


@probe
async def wrong_method(asker: Asker) -> Exchange:
    """PUT where only POST is (and GET, where chats are stored)."""
    return await asker.send("PUT", CHAT, json={}, intent=_wrong(WRONG_METHOD))


@probe
async def broken_json(asker: Asker) -> Exchange:
    """A body that ends too early."""
    body = b'{"model": "m", "messages": ['
    headers = {"content-type": "application/json"}
    return await asker.send("POST", CHAT, body=body, headers=headers, intent=_wrong("malformed JSON"))


@probe
async def wrong_media_type(asker: Asker) -> Exchange:
    """A good body that calls itself text."""
    body = b'{"model": "%s", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 5}'
    return await asker.send(
        "POST",
        CHAT,
        body=body % asker.target.model.encode(),
        headers={"content-type": "text/plain"},
        intent=_wrong("body called text/plain"),
    )


@rough_probe
async def too_large(asker: Asker) -> Exchange:
    """16 MiB of prompt: over the limit of any body, or else of any context."""
    return await chat(asker, "a " * (HUGE // 2), max_tokens=5, intent=_wrong("a body of 16 MiB"))


@probe
async def over_context(asker: Asker) -> tuple[Exchange, ...]:
    """Fewer prompt tokens than the window, but more together with max_tokens. In a longer run as a stream, too."""
    window = asker.target.window
    if window is None:
        raise Unseen("the model's context window is not known")
    fields: dict[str, Any] = {"max_tokens": window, "intent": _wrong("over the context window", "max_tokens")}
    sync = await chat(asker, "hello", **fields)
    return (sync,) if asker.quick else (sync, await chat(asker, "hello", **fields, stream=True))


@probe
async def has_window(asker: Asker) -> bool:
    """Whether the context window is known, from the model's own object or from the owner."""
    return asker.target.window is not None


@probe
async def failing(asker: Asker) -> Both:
    """A model that dies in the middle of its answer."""
    model = asker.target.failing_model
    if model is None:
        raise Unseen("no failing_model is named")
    intent = _wrong("a model that fails")
    fields = {**STEADY, "model": model, "intent": intent}
    text = repeat("one two three four five six seven eight")
    return Both(await chat(asker, text, **fields), await chat(asker, text, **fields, stream=True))


@probe
async def has_failing_model(asker: Asker) -> bool:
    """Whether the owner named a model that fails."""
    return asker.target.failing_model is not None
