"""The context window: how large it is, and more than fits into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent, whole_number
from wirecheck.evidence.unseen import Unseen

# More than any model's window; and how refusals name the window: "maximum context length is 8,192 tokens".
_BEYOND: Final = 100_000_000
# The largest window, in tokens, for which a prompt beyond it is no burden: about half a megabyte.
_SMALL: Final = 65_536
_NAMED: Final = re.compile(r"context (?:length|window|size)\D{0,40}?(\d[\d,_]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Larger:
    """A window in tokens, and the answer to a prompt of more."""

    window: int
    answer: Exchange


@probe()
async def window(asker: Asker) -> int:
    """The context window in tokens: as its owner or the model's object tells it, else as a refusal does."""
    known = asker.target.owner.get("context_window")
    if isinstance(known, int):
        return known
    intent = Intent("", case="more tokens than any window holds")
    answer = await chat(asker, "hello", max_tokens=_BEYOND, stream=True, leave_after=1, intent=intent)
    named = _told(answer)
    if named is None:
        raise Unseen("the model's context window is not known: nothing tells it, the owner may (context_window)")
    return named


def _told(refusal: Exchange) -> int | None:
    """The window that a refusal tells, in its details or in words."""
    details, message = refusal.at("error", "details", "max_tokens"), refusal.at("error", "message")
    words = _NAMED.search(message) if isinstance(message, str) else None
    found = whole_number(details) or (int(re.sub(r"[,_]", "", words[1])) if words else None)
    return found if refusal.status == 400 and found and found < _BEYOND else None


@probe(2, quick=1, sees=(window,))
async def over_context(asker: Asker) -> tuple[Exchange, ...]:
    """A chat whose prompt fits the window, but not together with its max_tokens; in longer runs as a stream too."""
    most = await asker.see(window)
    fields: dict[str, Any] = {"max_tokens": most, "intent": Intent("", "over the context window", field="max_tokens")}
    sync = await chat(asker, "hello", **fields)
    return (sync,) if asker.quick else (sync, await chat(asker, "hello", **fields, stream=True))


@probe(quick=0, sees=(window,), rough=True)
async def larger_prompt(asker: Asker) -> Larger:
    """A chat whose prompt alone is larger than the window: numbers of eight digits, one more than it holds tokens."""
    only_longer(asker)
    most = await asker.see(window)
    if most > _SMALL and not asker.thorough:
        raise Unseen(f"a prompt of more than {most} tokens is sent by --thorough alone")
    numbers = " ".join(str(asker.random.randrange(10**7, 10**8)) for _ in range(most + 1))
    intent = Intent("", case="a prompt larger than the context window", field="messages")
    return Larger(most, await chat(asker, numbers, **STEADY, intent=intent))


@probe(0, sees=(window,))
async def has_window(asker: Asker) -> bool:
    """Whether the context window is known: every model has one."""
    return await asker.see(window) > 0
