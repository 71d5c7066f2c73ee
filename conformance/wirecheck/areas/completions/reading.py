"""What completions say beside their text: log probabilities in lists; and what was asked for. No I/O, no opinion.

The text itself is read as that of a chat is: `wirecheck.areas.chat.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from wirecheck.evidence.exchange import Exchange, at, items, whole_number

LISTS: Final = ("tokens", "token_logprobs", "top_logprobs", "text_offset")


@dataclass
class Told:
    """The log probabilities of one choice: the lists of all its parts joined; a list that no part has is not there."""

    lists: dict[str, list[Any]] = field(default_factory=dict)

    def take(self, logprobs: Any) -> None:
        """Adds those of a part."""
        for name in LISTS:
            found = at(logprobs, name)
            if isinstance(found, list):
                self.lists.setdefault(name, []).extend(found)

    @property
    def tokens(self) -> list[str]:
        """The tokens that are texts."""
        return [each for each in self.lists.get("tokens", ()) if isinstance(each, str)]


def told(answer: Exchange) -> dict[int, Told]:
    """The log probabilities of each choice, by its index."""
    found: dict[int, Told] = {}
    parts = [value for _, value in answer.objects] if answer.is_stream else [answer.json]
    for part in parts:
        for item in items(part, "choices"):
            found.setdefault(whole_number(at(item, "index")) or 0, Told()).take(at(item, "logprobs"))
    return found


def prompts(body: Any) -> int | None:
    """How many prompts a request has; None for one in tokens, and for none at all."""
    given = at(body, "prompt")
    if isinstance(given, str):
        return 1
    if isinstance(given, list) and given and all(isinstance(each, str) for each in given):
        return len(given)
    return None


def wanted(body: Any) -> int | None:
    """How many choices a request asks for; None where `prompts` tells none."""
    count = prompts(body)
    return None if count is None else count * max(whole_number(at(body, "n")) or 1, 1)
