"""Many clients at once gone wrong: what a crowd gets and a single client never sees."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.faults.fault import on_request
from wirecheck_reference.faults.parts import Asked

_BEGINNING: Final = "Repeat exactly: code "
_EVERY: Final = 5
_count: list[int] = []


def _is_one_too_many(asked: Asked) -> bool:
    """Whether a request is one of so many that begin alike."""
    messages = asked.body.get("messages") if isinstance(asked.body, dict) else None
    last = messages[-1] if isinstance(messages, list) and messages else None
    content = last.get("content") if isinstance(last, dict) else None
    if not isinstance(content, str) or not content.startswith(_BEGINNING):
        return False
    _count.append(1)
    return len(_count) % _EVERY == 0


@on_request(breaks=("concurrency.served",))
def has_nothing_left_to_say(asked: Asked) -> None:
    """Answers every fifth of many alike with an empty text."""
    if _is_one_too_many(asked):
        asked.body["messages"] = [{"role": "user", "content": ""}]


@on_request(breaks=("concurrency.served",))
def answers_another_question(asked: Asked) -> None:
    """Answers every fifth of many alike as if it had been asked for something else."""
    if _is_one_too_many(asked):
        asked.body["messages"] = [{"role": "user", "content": "Repeat exactly: yes, of course"}]
