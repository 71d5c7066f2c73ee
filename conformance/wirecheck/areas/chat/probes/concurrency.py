"""Sixteen clients at once, each with a secret of its own."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.areas.http import probes as http
from wirecheck.areas.http.probes import Named
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange

CLIENTS = 16


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
