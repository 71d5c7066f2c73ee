"""Which operations a call reaches: its name begins with what it is about. Sends nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from wirecheck.contract.operations import operations

# By the beginnings of names, with the tags of the contract; all others are chats.
_ABOUT: Final = {
    "completion": {"completions"},
    "conversation": {"conversations"},
    "embed": {"embeddings"},
    "file": {"files"},
    "model": {"models"},
    "stored": {"stored", "chat"},
}
_OTHERS: Final = {"chat"}
# The contract's own: no client knows them.
_UNKNOWN: Final = {"listConversations", "listConversationMessages"}


def areas(call: str) -> set[str]:
    """The areas whose operations a call asks."""
    return next((found for beginning, found in _ABOUT.items() if call.startswith(beginning)), _OTHERS)


def reaches(call: str, at: Collection[str]) -> bool:
    """Whether a call asks an operation of an area that one of these operations belongs to, but for unknown ones."""
    return any(areas(call) & set(operations()[name].tags) for name in set(at) - _UNKNOWN)
