"""Batches as tests ask for them, and their files as they come back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from tests.reference.child import CHAT, Child, until

BATCHES: Final = "/v1/batches"
FILES: Final = "/v1/files"
OVER: Final = frozenset({"completed", "failed", "expired", "cancelled"})


def line(custom_id: str, text: str = "hello", **fields: Any) -> dict[str, Any]:
    """A line that asks the echo for a text."""
    body = {"model": "echo", "messages": [{"role": "user", "content": text}], **fields}
    return {"custom_id": custom_id, "method": "POST", "url": CHAT, "body": body}


def lines(count: int, **fields: Any) -> list[dict[str, Any]]:
    """So many lines, each with an id and a text of its own."""
    return [line(f"request-{number}", f"word{number}", **fields) for number in range(count)]


def uploaded(server: Child, content: Iterable[Any] | bytes, purpose: str = "batch") -> str:
    """The id of a file of these lines."""
    text = content if isinstance(content, bytes) else "".join(json.dumps(each) + "\n" for each in content).encode()
    answer = server.client.post(FILES, files={"file": ("lines.jsonl", text)}, data={"purpose": purpose})
    assert answer.status_code == 200, answer.text
    id_: str = answer.json()["id"]
    return id_


def begun(server: Child, content: Iterable[Any] | bytes, **fields: Any) -> dict[str, Any]:
    """A new batch of these lines."""
    body = {"input_file_id": uploaded(server, content), "endpoint": CHAT, "completion_window": "24h", **fields}
    answer = server.client.post(BATCHES, json=body)
    assert answer.status_code == 200, answer.text
    batch: dict[str, Any] = answer.json()
    return batch


def seen(server: Child, id_: str) -> dict[str, Any]:
    """A batch as it is now."""
    batch: dict[str, Any] = server.client.get(f"{BATCHES}/{id_}").json()
    return batch


def ended(server: Child, id_: str, seconds: float = 30.0) -> dict[str, Any]:
    """A batch once it is over."""
    until(lambda: seen(server, id_)["status"] in OVER, seconds)
    return seen(server, id_)


def content_of(server: Child, id_: str | None) -> list[dict[str, Any]]:
    """The lines of a file; none where there is no file."""
    if id_ is None:
        return []
    answer = server.client.get(f"{FILES}/{id_}/content")
    assert answer.status_code == 200, answer.text
    return [json.loads(each) for each in answer.text.splitlines()]
