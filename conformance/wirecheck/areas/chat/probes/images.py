"""Images as parts of a message: one, two, in each format, broken. Each is small, and so is each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.areas.chat.images import FORMATS, part, text_part, url_part
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import accepts_some

_QUESTION: Final = "What colour is the image? Reply with one word."
_FIRST: Final = FORMATS[0]
_DETAILS: Final = ("auto", "low", "high")
_BROKEN: Final = {
    "base64 that is none": "data:image/png;base64,not*base64*at*all",
    "an image that is text": "data:image/png;base64,aGVsbG8sIHdvcmxkIQ==",
}


@dataclass(frozen=True)
class Images:
    """The same question without an image, with one and with two."""

    none: Exchange
    one: Exchange
    two: Exchange


async def _ask(asker: Asker, parts: str | list[dict[str, Any]], case: str, **fields: Any) -> Exchange:
    return await chat(asker, [{"role": "user", "content": parts}], **STEADY, intent=Intent("", case=case), **fields)


@probe(2, quick=0)
async def one(asker: Asker) -> Both:
    """A chat whose message holds text and a PNG, without and with a stream."""
    only_longer(asker)
    parts = [text_part(_QUESTION), part(_FIRST)]
    return Both(await _ask(asker, parts, "an image"), await _ask(asker, parts, "an image (stream)", stream=True))


@probe(2, quick=0, sees=(one,))
async def counted(asker: Asker) -> Images:
    """The same question with no image, and with two."""
    only_longer(asker)
    none = await _ask(asker, _QUESTION, "no image")
    two = await _ask(asker, [text_part(_QUESTION), part(_FIRST), part(_FIRST)], "two images")
    return Images(none, (await asker.see(one)).sync, two)


@probe(len(FORMATS) - 1, quick=0)
async def forms(asker: Asker) -> tuple[Exchange, ...]:
    """A chat for each of the other formats, the image before the text, each with another `detail`."""
    only_longer(asker)
    return tuple(
        [
            await _ask(asker, [part(form, detail=detail), text_part(_QUESTION)], f"a {form.upper()}, detail {detail}")
            for form, detail in zip(FORMATS[1:], _DETAILS, strict=True)
        ]
    )


@probe(len(_BROKEN), quick=0)
async def broken(asker: Asker) -> tuple[Exchange, ...]:
    """Chats whose `data:` URL holds no image."""
    only_longer(asker)
    return tuple([await _ask(asker, [text_part(_QUESTION), url_part(url)], case) for case, url in _BROKEN.items()])


def grows(before: Exchange, after: Exchange) -> bool | None:
    """Whether the prompt counts more tokens than before; None where it is not counted."""
    counts = [read(each).count("prompt_tokens") if each.status == 200 else None for each in (before, after)]
    return None if None in counts or not all(counts) else (counts[1] or 0) > (counts[0] or 0)


@probe(0, sees=(one, counted))
async def has_images(asker: Asker) -> bool:
    """Whether images are taken, without or with a stream, and counted as a part of the prompt where it is counted."""
    seen, counts = await asker.see(one), await asker.see(counted)
    return accepts_some((seen.sync, seen.stream)) and grows(counts.none, counts.one) is not False
