"""The forms of a request: encodings, dimensions, tokens, a list of one, null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.embeddings.asking import TEXTS, embed
from wirecheck.areas.embeddings.probes.finding import embedder, has_embeddings
from wirecheck.areas.embeddings.reading import only
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import accepts, accepts_some

# Low numbers: every vocabulary has them.
TOKENS: Final = (100, 201, 302)
TOKEN_LISTS: Final = ((100, 201, 302), (403, 504))
NULLABLE: Final = ("encoding_format", "dimensions", "user")


@dataclass(frozen=True)
class Other:
    """The first text asked for plainly, and in another form."""

    plain: Exchange
    other: Exchange


@dataclass(frozen=True)
class Sized:
    """The first text asked for plainly, and in so many dimensions; `native` is the model's own number of them."""

    plain: Exchange
    sized: Exchange
    native: int
    dimensions: int


@dataclass(frozen=True)
class Tokens:
    """A list of tokens, and a list of such lists."""

    flat: Exchange
    lists: Exchange


@dataclass(frozen=True)
class Nulls:
    """All nullable fields as null in one request; where that was refused, each in one of its own."""

    together: Exchange
    alone: tuple[tuple[str, Exchange], ...]


@probe(sees=(embedder,))
async def base64(asker: Asker) -> Other:
    """The first text as base64."""
    seen = await asker.see(embedder)
    return Other(seen.answer, await embed(asker, seen.model, TEXTS[0], encoding_format="base64"))


@probe(0, sees=(has_embeddings, base64))
async def has_base64(asker: Asker) -> bool:
    """Whether `encoding_format: base64` is taken."""
    return await asker.see(has_embeddings) and accepts((await asker.see(base64)).other)


@probe(sees=(embedder,))
async def fewer(asker: Asker) -> Sized:
    """The first text in half of the model's dimensions."""
    seen = await asker.see(embedder)
    native = len(only(seen.answer))
    wanted = max(native // 2, 1)
    return Sized(seen.answer, await embed(asker, seen.model, TEXTS[0], dimensions=wanted), native, wanted)


@probe(0, sees=(has_embeddings, fewer))
async def has_dimensions(asker: Asker) -> bool:
    """Whether `dimensions` other than the model's own are taken."""
    return await asker.see(has_embeddings) and accepts((await asker.see(fewer)).sized)


@probe(sees=(embedder,))
async def native(asker: Asker) -> Sized:
    """The first text in as many dimensions as the model has."""
    seen = await asker.see(embedder)
    own = len(only(seen.answer))
    # A model that cannot shorten may refuse the field by name.
    intent = Intent("", case="dimensions of the model's own length")
    return Sized(seen.answer, await embed(asker, seen.model, TEXTS[0], dimensions=own, intent=intent), own, own)


@probe(2, sees=(embedder,))
async def tokens(asker: Asker) -> Tokens:
    """A list of tokens, and a list of two such lists."""
    model = (await asker.see(embedder)).model
    flat = await embed(asker, model, list(TOKENS), intent=_optional("a list of tokens"))
    lists = [list(each) for each in TOKEN_LISTS]
    return Tokens(flat, await embed(asker, model, lists, intent=_optional("a list of lists of tokens")))


@probe(0, sees=(has_embeddings, tokens))
async def has_tokens(asker: Asker) -> bool:
    """Whether tokens are taken, as one list or as several."""
    if not await asker.see(has_embeddings):
        return False
    seen = await asker.see(tokens)
    return accepts_some((seen.flat, seen.lists))


@probe(sees=(embedder,))
async def list_of_one(asker: Asker) -> Other:
    """The first text, alone in a list."""
    seen = await asker.see(embedder)
    return Other(seen.answer, await embed(asker, seen.model, [TEXTS[0]]))


@probe(1 + len(NULLABLE), quick=1, sees=(embedder,))
async def nulls(asker: Asker) -> Nulls:
    """The first text with every field null that may be; in longer runs, where it is refused, one for each field."""
    model = (await asker.see(embedder)).model
    fields: dict[str, Any] = dict.fromkeys(NULLABLE)
    together = await embed(asker, model, TEXTS[0], intent=_optional("fields that are null"), **fields)
    if together.status == 200 or asker.quick:
        return Nulls(together, ())
    alone = [
        (name, await embed(asker, model, TEXTS[0], intent=_optional(f"{name} is null"), **{name: None}))
        for name in fields
    ]
    return Nulls(together, tuple(alone))


def _optional(case: str) -> Intent:
    """The intent of a request that a server may refuse."""
    return Intent("", case=case)
