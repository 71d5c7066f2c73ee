"""Conversations: where they stand, and the messages that are put into them. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from wirecheck.evidence.exchange import Exchange, at, items

CONVERSATIONS: Final = "/v1/conversations"
SCRIPTS: Final = (
    "naïve café e\u0301 · Straße · 日本語 · العربية · हिन्दी · 한국어 · 🦊 👩\u200d👩\u200d👧"
    '\r\n\ttwo  spaces, a \\ and a "'
)
"""Text of several scripts, composed and not, with line ends, and with what JSON must escape."""


@dataclass(frozen=True)
class Message:
    """A message to send: who says it, and its text, whole or in parts."""

    role: str
    content: str | tuple[str, ...]

    @property
    def text(self) -> str:
        """Its text, its parts one behind the other."""
        return self.content if isinstance(self.content, str) else "".join(self.content)

    @property
    def json(self) -> dict[str, Any]:
        """It as SDKs send it."""
        kind = "output_text" if self.role == "assistant" else "input_text"
        more: dict[str, Any] = {"annotations": []} if self.role == "assistant" else {}
        parts = [{"type": kind, "text": text, **more} for text in self.content]
        content = self.content if isinstance(self.content, str) else parts
        return {"type": "message", "role": self.role, "content": content}


def text_of(item: Any) -> str:
    """The text of an item, its parts one behind the other."""
    return "".join(text for part in items(item, "content") if isinstance(text := at(part, "text"), str))


def entries(answer: Exchange | None) -> list[Any]:
    """The items of a list; none where no list came."""
    return items(answer.json, "data") if answer is not None and answer.status == 200 else []


def ids(answer: Exchange | None) -> list[str]:
    """The ids of the items of a list."""
    return list(_ids(answer))


def _ids(answer: Exchange | None) -> Iterator[str]:
    for each in entries(answer):
        if isinstance(id_ := at(each, "id"), str):
            yield id_


def path_of(answer: Exchange) -> str | None:
    """The path of the conversation that was made, None where none was."""
    id_ = answer.at("id")
    made = 200 <= (answer.status or 0) < 300 and isinstance(id_, str) and id_
    return f"{CONVERSATIONS}/{quote(id_, safe='')}" if made else None


def path_in(path: str, id_: str) -> str:
    """The path of an item of a conversation."""
    return f"{path}/items/{quote(id_, safe='')}"
