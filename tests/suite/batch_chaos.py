"""Seeded nonsense of the kinds that servers with batches send: batches, their files and what those hold."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from wirecheck.areas.batches.asking import BATCHES
from wirecheck.areas.batches.probes import REFUSED
from wirecheck.areas.files.asking import FILES
from wirecheck.evidence.exchange import Chunk, Exchange, Intent, Request

from tests.suite.chaos import encoded, mutated
from tests.suite.exchanges import SENT

_STATES: Final = ("completed", "completed", "failed", "cancelling", "cancelled", "in_progress", "expired")
_ERRORS: Final = {"object": "list", "data": [{"code": "x", "message": "no", "param": None, "line": 2}]}
_ANSWER: Final = {"choices": [{"message": {"role": "assistant", "content": "hello"}}]}
_FILE: Final = {"id": "file-1", "object": "file", "bytes": 5, "created_at": 7, "purpose": "batch_output"}


def exchange(random: Random) -> Exchange:
    """A request for batches, for one, its end, a file of it or what that holds, and some success."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    whole = _batch(random)
    asks: tuple[tuple[str, str, Any], ...] = (
        *[("POST", BATCHES, whole)] * 2,
        *[("GET", f"{BATCHES}/batch_1", whole)] * 3,
        ("POST", f"{BATCHES}/batch_1/cancel", whole),
        ("GET", BATCHES, {"object": "list", "data": [whole], "has_more": False}),
        ("GET", f"{FILES}/file-1", _FILE),
        ("GET", f"{FILES}/file-1/content", None),
        ("GET", FILES, {"object": "list", "data": [_FILE], "has_more": False}),
    )
    method, path, document = random.choice(asks)
    status = random.choice((200, 200, 200, 200, 200, 400, 404, 409, 422, 500))
    lines = [_line(random)] if document is None else [document]
    body = "\n".join(encoded(mutated(random, each, rate)) for each in lines) + random.choice(("", "\n", "\n\n{"))
    sent = b'{"input_file_id": "file-1", "endpoint": "/v1/chat/completions", "completion_window": "24h"}'
    request = Request(method, path, f"http://host{path}", (), sent if method == "POST" else b"")
    chunks = (Chunk(0.1, (body if document is None else body.partition("\n")[0]).encode()),)
    headers = (("content-type", "application/json"),)
    return Exchange(request, status, headers, chunks, "complete", "", 0.2, SENT, Intent("test", "a case"))


def _batch(random: Random) -> dict[str, Any]:
    state = random.choice(_STATES)
    return {
        "id": "batch_1",
        "object": "batch",
        "endpoint": "/v1/chat/completions",
        "input_file_id": "file-1",
        "completion_window": "24h",
        "status": state,
        "created_at": 7,
        "in_progress_at": random.choice((None, 6, 8)),
        f"{state}_at": 9,
        "errors": random.choice((None, _ERRORS)),
        "output_file_id": "file-1",
        "request_counts": {"total": 1, "completed": random.choice((0, 1)), "failed": random.choice((0, 1))},
    }


def _line(random: Random) -> dict[str, Any]:
    good = {"status_code": 200, "request_id": "r", "body": _ANSWER}
    bad = {"status_code": 400, "request_id": "r", "body": {"error": {"message": "no"}}}
    return {"custom_id": random.choice((REFUSED, "x")), "response": random.choice((good, bad, None)), "error": None}
