"""New items as those of a conversation. Knows no database, and fetches nothing that an item points at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Document = Mapping[str, Any]

# What is null was not said. An `id` is the server's own to give.
_UNSAID: Final = ("id", "type", "status")


def item_of(new: Document) -> dict[str, Any]:
    """A `ConversationNewItem` as a `ConversationNamedItem` that has no id yet."""
    kind = new.get("type", "message")
    said = {name: value for name, value in new.items() if value is not None and name not in _UNSAID}
    item = {"type": kind, "status": new.get("status") or "completed", **said}
    if kind == "message":
        item["content"] = _parts(_content(new))
    elif kind == "function_call_output" and isinstance(new["output"], list):
        item["output"] = _parts(new["output"])
    return item


def _content(message: Document) -> list[Any]:
    """What a message says, in parts: the assistant's text is what a model put out."""
    content = message["content"]
    kind = "output_text" if message["role"] == "assistant" else "input_text"
    return [{"type": kind, "text": content}] if isinstance(content, str) else content


def _parts(parts: list[Any]) -> list[dict[str, Any]]:
    return [_part({name: value for name, value in each.items() if value is not None}) for each in parts]


def _part(part: dict[str, Any]) -> dict[str, Any]:
    # The SDKs read `annotations` of every text that a model put out, and `detail` of every image.
    if part["type"] == "output_text":
        return {"annotations": [], **part}
    return {"detail": "auto", **part} if part["type"] == "input_image" else part
