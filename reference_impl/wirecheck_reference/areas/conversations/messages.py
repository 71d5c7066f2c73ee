"""New messages as items of a conversation. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]


def item_of(message: Document) -> dict[str, Any]:
    """A `ConversationNewMessage` as a `ConversationMessage` that has no id yet."""
    content = message["content"]
    parts = [{"type": _kind(message["role"]), "text": content}] if isinstance(content, str) else content
    phase = {"phase": message["phase"]} if message.get("phase") is not None else {}
    return {
        "type": "message",
        "role": message["role"],
        "status": message.get("status", "completed"),
        "content": [_part(each) for each in parts],
        **phase,
    }


def _kind(role: str) -> str:
    """What the text of a role is called: the assistant's is what a model put out."""
    return "output_text" if role == "assistant" else "input_text"


def _part(part: Document) -> dict[str, Any]:
    # The SDKs read `annotations` of every text that a model put out.
    return {"annotations": [], **part} if part["type"] == "output_text" else dict(part)
