"""Exchanges as a server would have caused them, for tests that need no server."""

from __future__ import annotations

import json
from typing import Any

from wirecheck.evidence.exchange import Chunk, End, Exchange, Intent, Request

CHAT = "/v1/chat/completions"
SENT = 1_767_225_600.0
QUESTION: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}


def asked(path: str = CHAT, method: str = "POST", body: Any = None) -> Request:
    """A request; `body` is encoded as JSON where it is not None."""
    content = b"" if body is None else json.dumps(body).encode()
    return Request(method, path, f"http://host{path}", (("content-type", "application/json"),), content)


def answered(
    value: Any = None,
    *,
    body: bytes | None = None,
    status: int | None = 200,
    kind: str = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
    request: Request | None = None,
    end: End = "complete",
    intent: Intent | None = None,
) -> Exchange:
    """A whole answer in one chunk: `value` as JSON, or `body` as it is."""
    data = json.dumps(value).encode() if body is None else body
    return Exchange(
        request or asked(body=QUESTION),
        status,
        (("content-type", kind), *headers),
        (Chunk(0.1, data),),
        end,
        sent=SENT,
        seconds=0.2,
        intent=intent or Intent("test", valid=True),
    )


def streamed(*payloads: Any, end: End = "complete", request: Request | None = None, done: bool = True) -> Exchange:
    """A stream: one event and one chunk a payload, 0.1 s apart; a text goes as it is; then `[DONE]`."""
    texts = [each if isinstance(each, str) else json.dumps(each) for each in payloads]
    texts += ["[DONE]"] if done else []
    return Exchange(
        request or asked(body=QUESTION | {"stream": True}),
        200,
        (("Content-Type", "text/event-stream; charset=utf-8"),),
        tuple(Chunk(number / 10, f"data: {text}\n\n".encode()) for number, text in enumerate(texts, 1)),
        end,
        sent=SENT,
        intent=Intent("test", valid=True),
    )


def delta(finish: str | None = None, index: Any = 0, **fields: Any) -> dict[str, Any]:
    """A chunk of one choice whose delta has the fields."""
    return head(choices=[{"index": index, "delta": fields, "finish_reason": finish}])


def head(**fields: Any) -> dict[str, Any]:
    """A chunk with the fields."""
    return {"id": "c", "object": "chat.completion.chunk", "created": int(SENT), "model": "m", "choices": []} | fields
