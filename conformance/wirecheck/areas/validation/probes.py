"""The invalid set: what must be refused, without and with a stream, and a sign of life behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import CHAT, chat, chat_bytes, ends
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone

_DEPTH: Final = 3000
_GOOD: Final = [{"role": "user", "content": "hello"}]


def _deep(open_: str, middle: str, close: str) -> str:
    return open_ * _DEPTH + middle + close * _DEPTH


@dataclass(frozen=True)
class Case:
    """A request that breaks the contract: fields that replace or (None) drop those of a good one, or a raw body.

    `field` is the dotted path of what is broken. `quick`: among those that a quick run sends too. `legal`: no sentence
    asks for a refusal; what counts is that the server survives.
    """

    name: str
    field: str | None
    fields: dict[str, Any] | None = None
    raw: str | None = None
    drop: str = ""
    quick: bool = False
    legal: bool = False


# The raw bodies hold STREAM where the flag goes, and LIMIT where the bound of the answer does.
_RAW = '{"model": MODEL, "messages": [{"role": "user", "content": "hello"}], LIMIT"stream": STREAM, %s}'
_FORMAT = '"response_format": {"type": "json_schema", "json_schema": {"name": "deep", "schema": %s}}'
_TOOL = '"tools": [{"type": "function", "function": {"name": "deep", "parameters": %s}}]'
_SCHEMA = _deep('{"type":"array","items":', '{"type":"string"}', "}")

CASES: Final = (
    Case("messages are missing", "messages", drop="messages", quick=True),
    Case("messages are a number", "messages", {"messages": 123}),
    Case("messages are empty", "messages", {"messages": []}),
    Case("model is missing", "model", drop="model"),
    Case("model is a number", "model", {"model": 5}),
    Case(
        "a role that does not exist",
        "messages.0.role",
        {"messages": [{"role": "wizard", "content": "hi"}]},
        quick=True,
    ),
    Case("content is a number", "messages.0.content", {"messages": [{"role": "user", "content": 7}]}),
    Case("content is null", "messages.0.content", {"messages": [{"role": "user", "content": None}]}),
    Case("a message without a role", "messages.0.role", {"messages": [{"content": "hello"}]}),
    Case("temperature is 5", "temperature", {"temperature": 5}, quick=True),
    Case("temperature is 2.01", "temperature", {"temperature": 2.01}),
    Case("temperature is -1", "temperature", {"temperature": -1}),
    Case("temperature is a string", "temperature", {"temperature": "warm"}),
    Case("top_p is 2", "top_p", {"top_p": 2}),
    Case("max_tokens is 0", "max_tokens", {"max_tokens": 0}),
    Case("max_tokens is -1", "max_tokens", {"max_tokens": -1}),
    Case("max_tokens is 1.5", "max_tokens", {"max_tokens": 1.5}),
    Case("n is 0", "n", {"n": 0}),
    Case("stop has five strings", "stop", {"stop": ["a", "b", "c", "d", "e"]}),
    Case("presence_penalty is 9", "presence_penalty", {"presence_penalty": 9}),
    Case("top_logprobs is 99", "top_logprobs", {"logprobs": True, "top_logprobs": 99}),
    Case("tools are a string", "tools", {"tools": "hammer"}),
    Case("response_format of no type", "response_format", {"response_format": {"type": "poem"}}),
    Case("broken JSON", None, raw='{"model": MODEL, "stream": STREAM, "messages": [{"role": '),
    Case("a body that is a list", None, raw="[1, 2, 3]"),
    Case("an empty body", None, raw=""),
    # What has brought servers down comes last, so that it hides nothing.
    Case("a schema nested 3000 deep", None, raw=_RAW % (_FORMAT % _SCHEMA), legal=True),
    Case("a tool nested 3000 deep", None, raw=_RAW % (_TOOL % _SCHEMA), legal=True),
    Case(
        "an unknown field nested 3000 deep",
        None,
        raw=_RAW % ('"extra": ' + _deep("[", "", "]")),
        quick=True,
        legal=True,
    ),
    Case("metadata nested 3000 deep", None, raw=_RAW % ('"metadata": ' + _deep('{"a":', '"b"', "}")), legal=True),
    Case("n is a million", "n", {"n": 10**6}, quick=True),
)


@dataclass(frozen=True)
class Refused:
    """One case, sent without and with a stream, and the plain request sent behind it."""

    case: Case
    both: Both
    alive: Exchange


@dataclass(frozen=True)
class Replay:
    """The whole set, in order, and the plain request before it."""

    before: Exchange
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Endless:
    """What became of a request for a billion tokens, and of a plain one behind it (None: not asked)."""

    asked: Exchange
    alive: Exchange | None


def _limit(asker: Asker) -> dict[str, Any]:
    return dialect(asker.target).of({"max_tokens": 5})


async def _send(asker: Asker, case: Case, *, stream: bool) -> Exchange:
    intent = Intent("", case.name, valid=None if case.legal else False, field=case.field)
    if case.raw is not None:
        model = '"' + asker.target.model.replace('"', "") + '"'
        raw = case.raw.replace("MODEL", model).replace("STREAM", "true" if stream else "false")
        raw = raw.replace("LIMIT", "".join(f'"{name}": {value}, ' for name, value in _limit(asker).items()))
        return await chat_bytes(asker, raw.encode(), intent=intent)
    body = {"model": asker.target.model, "messages": _GOOD, **_limit(asker), **(case.fields or {})}
    body.pop(case.drop, None)
    body |= {"stream": True} if stream else {}
    return await asker.send(Draft("POST", CHAT, json=body, intent=intent, ends=ends(body)))


async def plain(asker: Asker) -> Exchange:
    """A sign of life: the plain chat that is sent before and behind what may bring a server down."""
    return await chat(asker, "hello", max_tokens=1, intent=Intent("", valid=True, provokes="sign of life"))


@probe(1 + 3 * len(CASES), quick=1 + 3 * sum(case.quick for case in CASES), rough=True)
async def replay(asker: Asker) -> Replay:
    """Chats that break the contract, each in both modes with a plain chat behind it; a few of them in a quick run."""
    seen: list[Refused] = []
    before = await plain(asker)
    try:
        for case in CASES:
            if case.quick or not asker.quick:
                both = Both(await _send(asker, case, stream=False), await _send(asker, case, stream=True))
                seen.append(Refused(case, both, await plain(asker)))
    except Gone:
        if not seen:
            raise
    return Replay(before, tuple(seen))


@probe()
async def unknown_field(asker: Asker) -> Exchange:
    """A chat with a field that the contract does not know."""
    intent = Intent("", "an unknown field", field="wirecheck_extra")
    return await chat(asker, "hello", max_tokens=5, wirecheck_extra=1, intent=intent)


@probe()
async def null_byte(asker: Asker) -> Exchange:
    """A chat with a null byte in its content."""
    intent = Intent("", "a null byte in content", field="messages.0.content")
    return await chat(asker, "a\x00b", max_tokens=5, intent=intent)


@probe()
async def surrogate(asker: Asker) -> Exchange:
    """A chat with half a surrogate pair in its content: valid JSON, and no text."""
    intent = Intent("", "a lone surrogate in content", field="messages.0.content")
    return await chat(asker, "a\ud800b", max_tokens=5, intent=intent)


@probe()
async def lonely_options(asker: Asker) -> Exchange:
    """A chat with `stream_options` and without `stream`."""
    intent = Intent("", "stream_options without stream", field="stream_options")
    return await chat(asker, "hello", max_tokens=5, stream_options={"include_usage": True}, intent=intent)


@probe()
async def empty_content(asker: Asker) -> Exchange:
    """A chat whose message is empty."""
    intent = Intent("", "empty content")
    return await chat(asker, "", max_tokens=5, intent=intent)


@probe(2, quick=1, rough=True)
async def endless_tokens(asker: Asker) -> Endless:
    """A chat for a billion tokens whose client leaves after the first bytes; in longer runs a plain chat after it."""
    intent = Intent("", "max_tokens is a billion", field="max_tokens")
    fields: dict[str, Any] = {"max_tokens": 10**9, "stream": True, "leave_after": 1}
    asked = await chat(asker, "Reply with the single word: yes", **fields, intent=intent)
    return Endless(asked, None if asker.quick else await chat(asker, "hello", max_tokens=1))
