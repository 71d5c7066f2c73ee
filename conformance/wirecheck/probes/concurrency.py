"""Sixteen clients at once, each with a secret of its own."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.exchange import Exchange
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, chat, repeat

CLIENTS = 16


@dataclass(frozen=True)
class Crowd:
    """Each client's nonce and what it got."""

    answers: tuple[tuple[str, Exchange], ...]


@probe
async def crowd(asker: Asker) -> Crowd:
    """Sixteen requests under way together, every other one a stream."""
    nonces = [f"{asker.random.getrandbits(32):08x}" for _ in range(CLIENTS)]
    sends = [
        chat(asker, repeat(f"code {nonce}"), **STEADY, stream=number % 2 == 1) for number, nonce in enumerate(nonces)
    ]
    return Crowd(tuple(zip(nonces, await asker.at_once(sends), strict=True)))
