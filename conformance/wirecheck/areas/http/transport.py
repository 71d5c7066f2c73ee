"""How requests and answers travel: codings, labels with parameters, chunks, odd headers, several on one connection."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from wirecheck.areas.auth.probes.keys import WRONG
from wirecheck.areas.chat.asking import CHAT, OFFERED, STEADY, chat, ends, repeat
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.http.probes import named
from wirecheck.areas.models.asking import MODELS
from wirecheck.areas.models.probes import listed
from wirecheck.asking.draft import OWN, Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent

SINGLE: Final = (
    *("age", "content-length", "content-location", "content-range", "content-type", "date", "etag", "expires"),
    *("last-modified", "location", "retry-after"),
)
"""Fields that hold one value (RFC 9110, RFC 9111): a sender must not send a second line of them (section 5.3)."""

BARE: Final = ("content-length", "content-range", "content-type")
"""Those of them in which a comma is no part of a value: there it makes a list, as proxies join lines."""

_TEXT: Final = "the quick brown fox jumps over the lazy dog"
# Longer than what a server reads at once: a refusal that comes early leaves some of it behind.
_LONG: Final = 96 * 1024


@dataclass(frozen=True)
class Alike:
    """A plain request, and the same sent in another way."""

    plain: Exchange
    other: Exchange


@dataclass(frozen=True)
class Behind:
    """A request with a body that was to be refused, and the one behind it on the same connection."""

    refused: Exchange
    next: Exchange


@dataclass(frozen=True)
class Followed:
    """The list of models on a connection of its own, and behind refusals."""

    listed: Exchange
    pairs: tuple[Behind, ...]


@dataclass(frozen=True)
class Forms:
    """The list of models without an id of the caller's, and with ids of many forms."""

    nameless: Exchange
    named: tuple[tuple[str, Exchange], ...]


@probe(2, quick=0)
async def coded(asker: Asker) -> tuple[Exchange, ...]:
    """A chat without and with a stream, whose client offers gzip and deflate."""
    only_longer(asker)
    sync = await chat(asker, repeat(_TEXT), headers=OFFERED, **STEADY)
    return (sync, await chat(asker, repeat(_TEXT), headers=OFFERED, **STEADY, stream=True))


def _body(asker: Asker, text: str) -> bytes:
    messages = [{"role": "user", "content": text}]
    limit = dialect(asker.target).of({"max_tokens": 5})
    return json.dumps({"model": asker.target.model, "messages": messages, **limit}).encode()


async def _sent_otherwise(asker: Asker, case: str, headers: dict[str, str]) -> Alike:
    """A small chat with a Content-Length, and with other headers: both may be refused for what they say."""
    only_longer(asker)
    body, label = _body(asker, "hello"), {"content-type": "application/json"}
    plain = await asker.send(Draft("POST", CHAT, body=body, headers=label, intent=Intent("", valid=True)))
    intent = Intent("", case=case)
    draft = Draft("POST", CHAT, body=body, headers=label | headers, intent=intent, ends=ends(None))
    return Alike(plain, await asker.send(draft))


@probe(2, quick=0)
async def with_charset(asker: Asker) -> Alike:
    """A chat whose label names the character encoding."""
    return await _sent_otherwise(asker, "charset=utf-8", {"content-type": "application/json; charset=utf-8"})


@probe(2, quick=0)
async def in_chunks(asker: Asker) -> Alike:
    """A chat whose body is sent in chunks, without a length."""
    return await _sent_otherwise(asker, "a chunked body", {"transfer-encoding": "chunked"})


@probe(quick=0, sees=(listed,))
async def head(asker: Asker) -> Alike:
    """HEAD of the list of models, and GET of it."""
    only_longer(asker)
    plain = await asker.see(listed)
    return Alike(plain, await asker.send(Draft("HEAD", MODELS, intent=Intent("", case="HEAD"))))


@probe(quick=0)
async def odd_header(asker: Asker) -> Exchange:
    """The list of models with a header whose value is UTF-8: obs-text, of which RFC 9110 section 5.5 speaks."""
    only_longer(asker)
    intent = Intent("", case="a header with bytes above 0x7F")
    return await asker.send(Draft("GET", MODELS, headers={"x-title": "Zoë's café"}, intent=intent))


@probe(6, quick=0, sees=(listed,))
async def followed(asker: Asker) -> Followed:
    """The list of models behind early refusals of requests with long bodies, each pair on a connection of its own.

    Refused for a wrong key, for a route that is not there, and for a method that it does not take.
    """
    only_longer(asker)
    whole = await asker.see(listed)
    body = _body(asker, "a " * (_LONG // 2))
    refusals: list[tuple[str, str, str, str | None]] = [
        ("a route that is not there", "POST", "/v1/no-such-route-7f3a", OWN),
        ("another method", "PUT", MODELS, OWN),
    ]
    if asker.target.key is not None:
        refusals.insert(0, ("a wrong key", "POST", CHAT, WRONG))
    pairs = []
    for case, method, path, key in refusals:
        label, intent = {"content-type": "application/json"}, Intent("", case=case)
        early = Draft(method, path, body=body, headers=label, key=key, intent=intent, connection=case)
        refused = await asker.send(early)
        behind = Draft("GET", MODELS, intent=Intent("", case=f"behind {case}"), connection=case)
        pairs.append(Behind(refused, await asker.send(behind)))
    return Followed(whole, tuple(pairs))


@probe(3, quick=0, sees=(listed, named))
async def forms(asker: Asker) -> Forms:
    """The list of models, asked for with ids of the caller's in forms that are seen in the field."""
    whole = await asker.see(listed)
    first = await asker.see(named)
    found = [(first.id, first.answer)]
    digits = f"{asker.random.getrandbits(128):032x}"
    ids = () if asker.quick else (f"wirecheck-{digits[:12]}", f"web.1/{digits[:8]}@eu, try #2 (retry)", digits * 4)
    for own in ids:
        intent = Intent("", case=f"x-request-id: {own[:40]}")
        found.append((own, await asker.send(Draft("GET", MODELS, headers={"x-request-id": own}, intent=intent))))
    return Forms(whole, tuple(found))
