"""What is around the API: request ids, CORS, health, the contract's own document."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wirecheck.areas.chat.asking import CHAT, STEADY, chat
from wirecheck.areas.models.asking import MODELS
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent

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


def own_id(asker: Asker) -> str:
    """An id of the caller's for a request that asks for something else: in the form that servers most often expect."""
    return str(UUID(int=asker.random.getrandbits(128), version=4))


@probe()
async def named(asker: Asker) -> Named:
    """The list of models, asked for with an id of ours from a page of another origin."""
    own = own_id(asker)
    return Named(own, await asker.send(Draft("GET", MODELS, headers={"x-request-id": own, "origin": ORIGIN})))


@probe()
async def preflight(asker: Asker) -> Exchange:
    """OPTIONS of chats, as a browser asks before it posts one from a page of another origin."""
    headers = {
        "origin": ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": ", ".join(WANTED),
    }
    intent = Intent("", case="CORS preflight")
    return await asker.send(Draft("OPTIONS", CHAT, headers=headers, key=None, intent=intent))


@probe(0, sees=(preflight, named))
async def page(asker: Asker) -> dict[str, str]:
    """The header that a page of another origin sends; none where chats do not let such pages in.

    Some servers refuse other origins whatever they ask, and nothing but CORS is to be judged by that.
    """
    asked, list_ = await asker.see(preflight), (await asker.see(named)).answer
    welcome = (asked.status or 0) // 100 == 2 and list_.status == 200 and lets_in(asked)
    return {"origin": ORIGIN} if welcome else {}


@probe(sees=(preflight, named))
async def has_cors(asker: Asker) -> bool:
    """Whether chats let pages of other origins in: each resource says so for itself.

    Where the preflight does not say it, and the list of models does, a chat from such a page tells.
    """
    if lets_in(await asker.see(preflight)):
        return True
    if not lets_in((await asker.see(named)).answer):
        return False
    return lets_in(await chat(asker, "hello", **STEADY, headers={"origin": ORIGIN}, intent=Intent("", case="CORS")))
