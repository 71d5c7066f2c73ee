"""What is around the API: request ids, CORS, health, the contract's own document."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.exchange import ABSENT, Exchange, Intent
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import CHAT, MODELS

ORIGIN = "https://client.example"
WANTED = (
    *("authorization", "content-type", "x-stainless-lang", "x-stainless-package-version", "x-stainless-os"),
    *("x-stainless-arch", "x-stainless-runtime", "x-stainless-runtime-version", "x-stainless-retry-count"),
    "x-stainless-timeout",
)


@dataclass(frozen=True)
class Named:
    """A request with an id of the caller's, and that id."""

    id: str
    answer: Exchange


def lets_in(answer: Exchange) -> bool:
    """Whether an answer says that pages of some other origin may read it."""
    return answer.header("access-control-allow-origin") is not None


async def as_page(asker: Asker) -> dict[str, str]:
    """The header that a page of another origin sends; none where the server does not let such pages in.

    Some servers refuse other origins whatever they ask, and nothing but CORS is to be judged by that.
    """
    asked, list_ = await asker.see(preflight), (await asker.see(named)).answer
    welcome = (asked.status or 0) // 100 == 2 and list_.status == 200 and lets_in(asked) and lets_in(list_)
    return {"origin": ORIGIN} if welcome else {}


@probe
async def named(asker: Asker) -> Named:
    """The list of models, asked for with an id of ours from a page of another origin."""
    own = f"wirecheck-{asker.random.getrandbits(48):012x}"
    return Named(own, await asker.send("GET", MODELS, headers={"x-request-id": own, "origin": ORIGIN}))


@probe
async def preflight(asker: Asker) -> Exchange:
    """What a browser asks before it posts a chat."""
    headers = {
        "origin": ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": ", ".join(WANTED),
    }
    return await asker.send("OPTIONS", CHAT, headers=headers, key=None, intent=Intent("", case="CORS preflight"))


@probe
async def health(asker: Asker) -> Exchange:
    """Health."""
    return await asker.send("GET", "/health", intent=Intent("", valid=True, operation="getHealth"))


@probe
async def open_health(asker: Asker) -> Exchange:
    """Health, without a key."""
    return await asker.send("GET", "/health", key=None)


@probe
async def document(asker: Asker) -> Exchange:
    """The document that says what the server offers."""
    return await asker.send("GET", "/openapi.json", key=None)


@probe
async def has_cors(asker: Asker) -> bool:
    """Whether the server lets pages of other origins in at all."""
    answers = (await asker.see(preflight), (await asker.see(named)).answer)
    return any(map(lets_in, answers))


@probe
async def has_health(asker: Asker) -> bool:
    """Whether there is a health route that says more than a status code."""
    return (await asker.see(health)).at("status") is not ABSENT


@probe
async def has_document(asker: Asker) -> bool:
    """Whether there is a document: many servers show every path the same page for people."""
    found = await asker.see(document)
    return found.status == 200 and isinstance(found.json, dict)
