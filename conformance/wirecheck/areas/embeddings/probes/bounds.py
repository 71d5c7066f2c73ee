"""At the bounds of what is embedded: nothing, too much, a model that is none, one that does something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirecheck.areas.chat.asking import chat
from wirecheck.areas.embeddings.asking import LONGEST, MOST, TEXTS, embed
from wirecheck.areas.embeddings.probes.finding import embedder
from wirecheck.areas.errors.probes import unknown_model
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

_SENTENCE: Final = "The committee read the whole report aloud, and nobody left before it was over. "


@dataclass(frozen=True)
class Unknown:
    """A model that nobody has, asked to chat and to embed."""

    chat: Exchange
    embedding: Exchange


@dataclass(frozen=True)
class Long:
    """A text of the greatest length, and a plain answer of the same model."""

    plain: Exchange
    long: Exchange


def _odd(case: str, field: str = "input") -> Intent:
    return Intent("", case=case, field=field)


@probe(sees=(embedder,))
async def empty_list(asker: Asker) -> Exchange:
    """No input at all: an empty list."""
    return await embed(asker, (await asker.see(embedder)).model, [], intent=_odd("an empty list of inputs"))


@probe(sees=(embedder,))
async def empty_text(asker: Asker) -> Exchange:
    """An empty text."""
    return await embed(asker, (await asker.see(embedder)).model, "", intent=_odd("an empty text"))


@probe(quick=0, sees=(embedder,), rough=True)
async def many(asker: Asker) -> Exchange:
    """One input more than a request may hold, a word each, as base64, which is shorter."""
    only_longer(asker)
    words = [f"word{number}" for number in range(MOST + 1)]
    intent = _odd(f"{len(words)} inputs")
    return await embed(asker, (await asker.see(embedder)).model, words, encoding_format="base64", intent=intent)


@probe(sees=(embedder,), rough=True)
async def long(asker: Asker) -> Long:
    """A text of 100,000 characters."""
    seen = await asker.see(embedder)
    text = (_SENTENCE * (LONGEST // len(_SENTENCE) + 1))[:LONGEST]
    return Long(seen.answer, await embed(asker, seen.model, text, intent=_odd(f"a text of {LONGEST} characters")))


@probe(sees=(embedder, unknown_model))
async def nobody(asker: Asker) -> Unknown:
    """A model that nobody has, its name longer than that of the one that embeds."""
    model = f"{(await asker.see(embedder)).model}-no-such-7f3a"
    refused = (await asker.see(unknown_model)).sync
    return Unknown(refused, await embed(asker, model, TEXTS[0], intent=_odd("unknown model", "model")))


@probe(2, sees=(embedder,))
async def exchanged(asker: Asker) -> tuple[Exchange, ...]:
    """The model that chats, asked to embed, and the one that embeds, asked to chat."""
    model = (await asker.see(embedder)).model
    if model == asker.target.model:
        raise Unseen("one model chats and embeds")
    embedding = await embed(asker, asker.target.model, TEXTS[0], intent=_odd("a model for chat", "model"))
    intent = _odd("a model for embeddings", "model")
    return (embedding, await chat(asker, "hello", max_tokens=5, model=model, intent=intent))
