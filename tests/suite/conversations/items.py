"""Conversations and their items as they are answered."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.conversations.asking import CONVERSATIONS, Message
from wirecheck.areas.conversations.probes import ADDED, BEGUN
from wirecheck.evidence.exchange import Exchange

from tests.suite.exchanges import answered, asked

ONE: Final = f"{CONVERSATIONS}/conv"
CONVERSATION: Final = {"id": "conv", "object": "conversation", "created_at": 7, "metadata": {}}


def item(id_: str, message: Message, **fields: Any) -> dict[str, Any]:
    """A message as it is answered."""
    parts = [message.content] if isinstance(message.content, str) else message.content
    content = [{"type": "input_text", "text": each} for each in parts]
    return {"id": id_, "type": "message", "role": message.role, "status": "completed", "content": content, **fields}


ITEMS: Final = [item(str(number), message) for number, message in enumerate((*BEGUN, *ADDED))]


def got(value: Any = None, method: str = "GET", path: str = ONE, status: int = 200) -> Exchange:
    return answered(value, status=status, request=asked(path, method))


def page(*data: Any, status: int = 200) -> Exchange:
    edges = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {}
    return got({"object": "list", "data": list(data), "has_more": False, **edges}, status=status)
