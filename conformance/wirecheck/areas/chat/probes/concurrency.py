"""Many clients at once, each with a secret of its own: sixteen chats, and six streams with calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.areas.chat.probes import tools
from wirecheck.areas.http import probes as http
from wirecheck.areas.http.probes import Named
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange

CLIENTS = 16
CALLERS = 6


@dataclass(frozen=True)
class Crowd:
    """Each client's nonce and what it got."""

    answers: tuple[tuple[str, Exchange], ...]
    ids: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[Named, ...]:
        """The same with the ids that the requests came with."""
        return tuple(Named(own, answer) for own, (_, answer) in zip(self.ids, self.answers, strict=True))


@probe(CLIENTS, sees=(http.page,), slow=True)
async def crowd(asker: Asker) -> Crowd:
    """Sixteen chats under way together, every other one a stream, from a page and with ids of the caller's."""
    ids = tuple(http.own_id(asker) for _ in range(CLIENTS))
    nonces = [f"{asker.random.getrandbits(32):08x}" for _ in range(CLIENTS)]
    page = await asker.see(http.page)
    sends = [
        chat(
            asker,
            repeat(f"code {nonce}"),
            **STEADY,
            stream=number % 2 == 1,
            headers={**page, "x-request-id": ids[number]},
        )
        for number, nonce in enumerate(nonces)
    ]
    return Crowd(tuple(zip(nonces, await asker.at_once(sends), strict=True)), ids)


@dataclass(frozen=True)
class Callers:
    """Each client's nonce, which its call was to hold, and its stream; `alone` are streams of one client."""

    streams: tuple[tuple[str, Exchange], ...]
    alone: tuple[Exchange, ...]


@probe(CALLERS, quick=0, sees=(tools.required,), slow=True)
async def callers(asker: Asker) -> Callers:
    """Six streams under way together, each of which must call a function with the one argument that it may have."""
    only_longer(asker)
    alone = (await asker.see(tools.required)).stream
    nonces = [f"{asker.random.getrandbits(32):08x}" for _ in range(CALLERS)]
    model = asker.target.owner.get("slow_model", asker.target.model)
    sends = [
        chat(
            asker,
            f"Call open_door with the code {nonce}.",
            **tools.STEADY_CALL,
            model=model,
            tools=[_door(nonce)],
            tool_choice="required",
            stream=True,
        )
        for nonce in nonces
    ]
    return Callers(tuple(zip(nonces, await asker.at_once(sends), strict=True)), alone)


def _door(code: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {"code": {"type": "string", "enum": [code]}},
        "required": ["code"],
        "additionalProperties": False,
    }
    function = {"name": "open_door", "description": "Opens the door that has this code", "parameters": schema}
    return {"type": "function", "function": function}
