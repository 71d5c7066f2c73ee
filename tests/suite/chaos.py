"""Seeded nonsense of the kinds that servers send: answers with anything at any place, and how they are changed."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from random import Random
from typing import Any

from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.probes.chat import LONG, STOPPED
from wirecheck.areas.conversations.steps import CALLS, OUTPUTS, REASONING, REFUSED, SHOWN
from wirecheck.areas.embeddings.asking import EMBEDDINGS, TEXTS
from wirecheck.areas.files.asking import FILES
from wirecheck.evidence.exchange import Chunk, End, Exchange, Intent, Provocation, Request
from wirecheck.judging.oracle import SWEEP

from tests.suite.exchanges import CHAT, QUESTION, SENT, delta, head

# Each has tripped a reader up: no truth, no order, no hash, no float, no digits, no character.
LEAVES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 3, 0.5, -0.25, float("inf"), 10**400, int("9" * 4300), "", " ", "None", "null"),
    *("hello", "stop", "length", "tool_calls", "assistant", "a\ud800b", "naïve 🦊", "\x00", "{", '{"city": 1}', "[]"),
    *("echo", "get_weather", "get_time", "²", "9" * 5000, [], {}, [[]], {"a": 1}, [1, "a", None]),
)
KEYS = ("index", "delta", "message", "content", "role", "choices", "usage", "error", "id", "model", "logprobs", "code")

_TOKEN = {"token": "a", "logprob": -0.5, "bytes": [97], "top_logprobs": []}
_CALL = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": '}}
_WHOLE = {**_CALL, "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'}}
_MORE = {"index": 0, "function": {"arguments": '"Paris"}'}}
_PROMPT = 3
_USAGE = {
    "prompt_tokens": _PROMPT,
    "completion_tokens": 5,
    "total_tokens": 8,
    "prompt_tokens_details": {"cached_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 0},
    "cost_usd": 0.5,
}
_CHOICE = {
    "index": 0,
    "message": {"role": "assistant", "content": "hello", "refusal": None, "tool_calls": [_WHOLE]},
    "logprobs": {"content": [_TOKEN, {**_TOKEN, "top_logprobs": [_TOKEN, _TOKEN, _TOKEN]}], "refusal": None},
    "finish_reason": "stop",
}
_COMPLETION = head(object="chat.completion", choices=[_CHOICE, {**_CHOICE, "index": 1}], usage=_USAGE)
_ERROR: dict[str, Any] = {
    "error": {"message": "No.", "type": "server_error", "param": None, "code": "x", "details": {}}
}
_PRICE = {"input_usd_per_million_tokens": 1, "output_usd_per_million_tokens": 2}
_MODEL = {"id": "echo/1", "object": "model", "created": 1, "owned_by": "x", "context_window": 10, "price": _PRICE}
_ANSWERS: tuple[Any, ...] = (
    *(_COMPLETION, _COMPLETION, _COMPLETION, _ERROR, _ERROR, _MODEL),
    {"object": "list", "data": [_MODEL, {**_MODEL, "id": "b"}], "has_more": True, "first_id": "echo/1", "last_id": "b"},
    {"status": "ok", "version": "1", "providers": []},
    {"openapi": "3.2.0", "paths": {"/v1/chat/completions": {}}},
)
_CHUNKS: tuple[Any, ...] = (
    *(delta(role="assistant"), delta(role="assistant", content=""), delta(content="hello"), delta(content=" and")),
    *(delta(tool_calls=[_CALL]), delta(tool_calls=[_MORE]), delta(tool_calls=[{**_CALL, "index": 1}])),
    *(delta("stop"), delta("tool_calls", content="x"), head(usage=_USAGE), delta(index=1, content="b"), _ERROR),
    head(choices=[{"index": 0, "delta": {"content": "a"}, "logprobs": {"content": [_TOKEN]}, "finish_reason": None}]),
)
_CALLING = (delta(role="assistant"), delta(tool_calls=[_CALL]), delta(tool_calls=[_MORE]), delta("tool_calls"))
_PLAIN = (delta(role="assistant"), delta(content="hello"), delta("stop"), head(usage=_USAGE))
_NAMES = (
    *("x-request-id", "x-process-time", "retry-after", "allow", "www-authenticate", "cache-control"),
    *("content-encoding", "access-control-allow-origin", "access-control-allow-headers", "x-total-count"),
    *("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
)
_VALUES = ("", "1", "2", "3", "0", "-1", "²", "9" * 5000, "nan", "1e5", "*", "Bearer", "a, b,,", "é\x80", "no-cache")
_ENDS: tuple[End, ...] = ("complete", "complete", "complete", "timeout", "broken", "too long")
_GAPS = (*["\n\n"] * 9, "\r\r", "\n")
_MARKED = b'\xef\xbb\xbfdata: {"error": 1}\n\n'
_STEPS = (*CALLS, *OUTPUTS, REASONING, SHOWN, REFUSED)
_TEXTS = ("hello", PHRASE, PHRASE, LONG, LONG[:20], STOPPED, STOPPED[:8], "a", "")
_PROVOCATIONS: tuple[Provocation, ...] = ("", "", "", "wrong method", "model failure", "sign of life")


def value(random: Random, depth: int = 3) -> Any:
    """Any JSON value."""
    kind = random.random()
    if depth == 0 or kind < 0.6:
        return random.choice(LEAVES)
    if kind < 0.8:
        return [value(random, depth - 1) for _ in range(random.randint(0, 3))]
    return {random.choice(KEYS): value(random, depth - 1) for _ in range(random.randint(0, 4))}


def mutated(random: Random, whole: Any, rate: float) -> Any:
    """A copy in which each part is replaced or left out at a rate."""
    if random.random() < rate:
        return value(random)
    if whole == "hello":
        return random.choice(_TEXTS)
    if whole == _PROMPT:
        return random.choice((_PROMPT, 60))
    if isinstance(whole, dict):
        return {key: mutated(random, part, rate) for key, part in whole.items() if random.random() >= rate / 2}
    if isinstance(whole, list):
        return [mutated(random, part, rate) for part in whole if random.random() >= rate / 2]
    return whole


def encoded(whole: Any) -> str:
    """The JSON text; infinity as a number that is too large, which is JSON."""
    return json.dumps(whole).replace("Infinity", "1e999")


def exchange(random: Random) -> Exchange:
    """A request and some answer."""
    rate = random.choice((0.0, 0.02, 0.1, 0.4))
    status = random.choice((200, 200, 200, 200, 200, 204, 301, 400, 401, 403, 404, 405, 422, 429, 500, 503, None))
    kinds = ("application/json", "application/json", "text/event-stream", "text/event-stream")
    kind = random.choice((*kinds, "application/x-ndjson", "text/html", ""))
    names = random.choices(_NAMES, k=random.randint(0, 12))
    headers = [("content-type", kind), *((name, random.choice(_VALUES)) for name in names)]
    body = b"" if status is None else _body(random, kind, rate, failed=status >= 400)
    cuts = sorted(random.choices(range(len(body) + 1), k=random.randint(0, 12)))
    parts = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    times = sorted(random.uniform(0, 3) for _ in parts)
    return Exchange(
        _request(random, kind, rate),
        status,
        tuple(headers),
        tuple(Chunk(at, part) for at, part in zip(times, parts, strict=True)),
        random.choice(_ENDS) if status is not None else random.choice(("no answer", "lost")),
        random.choice(("", "reset")),
        random.uniform(0, 5),
        SENT,
        _intent(random),
        random.random() < 0.1,
    )


def _vector(random: Random) -> Any:
    numbers = [random.choice((0.5, -0.5, 0.25, 1, 0)) for _ in range(4)]
    return numbers if random.random() < 0.8 else b64encode(struct.pack("<4f", *numbers)).decode()


def embedding(random: Random) -> Exchange:
    """A request for embeddings and some success, of one, two or all of the texts that probes ask for."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    count = random.choice((1, 1, 2, len(TEXTS)))
    data = [{"object": "embedding", "index": index, "embedding": _vector(random)} for index in range(count)]
    counted = {"prompt_tokens": random.choice((1, 4, 9)), "total_tokens": 8}
    whole = {"object": "list", "data": data, "model": "m", "usage": counted}
    form = random.choice((None, "float", "base64"))
    asked = {"model": "m", "input": random.choice((TEXTS[0], list(TEXTS[:count]))), "encoding_format": form}
    body = encoded(mutated(random, asked, rate / 4)).encode()
    headers = (("content-type", "application/json"),)
    answer = (Chunk(0.1, encoded(mutated(random, whole, rate)).encode()),)
    request = Request("POST", EMBEDDINGS, f"http://host{EMBEDDINGS}", headers, body)
    status = random.choice((200, 200, 200, 200, 400, 422, 500))
    return Exchange(request, status, headers, answer, random.choice(_ENDS), "", 0.2, SENT, _intent(random))


def file(random: Random) -> Exchange:
    """A request for files, for one, its content or its deletion, and some success."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    one = {"id": "echo/1", "object": "file", "bytes": 5, "created_at": 7, "filename": "hello", "purpose": "hello"}
    listed = {"object": "list", "data": [one], "has_more": False, "first_id": "echo/1", "last_id": "echo/1"}
    asks: tuple[tuple[str, str, Any], ...] = (
        ("POST", "", {**one, "expires_at": 3607}),
        ("GET", "", listed),
        ("GET", "/echo%2F1", one),
        ("GET", "/echo%2F1/content", None),
        ("HEAD", "/echo%2F1/content", None),
        ("DELETE", "/echo%2F1", {"id": "echo/1", "object": "file", "deleted": True}),
    )
    method, below, whole = random.choice(asks)
    status = random.choice((200, 200, 200, 206, 304, 400, 404, 416, 422, 500))
    if whole is None:
        kind, body = "application/octet-stream", random.choice((b"", b"hello", b"hell"))
        named = random.choice(('attachment; filename="hello"', "attachment; filename*=UTF-8''hello", "inline", "²"))
        more = [("content-disposition", named), ("etag", random.choice(('"a"', "a", ""))), ("content-length", "5")]
        more += [("content-range", random.choice(("bytes 0-4/5", "bytes */5", "bytes x", "")))]
    else:
        kind, body, more = "application/json", encoded(mutated(random, whole, rate)).encode(), []
    headers = (("content-type", kind), *more)
    request = Request(method, f"{FILES}{below}", f"http://host{FILES}{below}", (("range", "bytes=0-4"),))
    chunks = () if method == "HEAD" else (Chunk(0.1, body),)
    return Exchange(request, status, headers, chunks, random.choice(_ENDS), "", 0.2, SENT, _intent(random))


def conversation(random: Random) -> Exchange:
    """A request for conversations, for one, its items, one of them, or a deletion, and some success."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    one = {"id": "conv_1", "object": "conversation", "created_at": 7, "metadata": {"a": "hello"}}
    part = {"type": "input_text", "text": "hello"}
    item = {"id": "msg_1", "type": "message", "role": "user", "status": "completed", "content": [part]}
    page = {"object": "list", "has_more": False}
    listed = {**page, "data": [one], "first_id": "conv_1", "last_id": "conv_1"}
    steps = [{"status": "completed", **each, "id": f"item_{number}"} for number, each in enumerate(_STEPS)]
    items = {**page, "data": [item, *steps], "first_id": "msg_1", "last_id": "item_5"}
    asks: tuple[tuple[str, str, Any], ...] = (
        ("POST", "", one),
        ("GET", "", listed),
        ("GET", "/conv_1", one),
        ("POST", "/conv_1", one),
        ("DELETE", "/conv_1", {"id": "conv_1", "object": "conversation.deleted", "deleted": True}),
        ("POST", "/conv_1/items", items),
        ("GET", "/conv_1/items", items),
        ("GET", "/conv_1/messages", items),
        ("GET", "/conv_1/items/msg_1", item),
        ("DELETE", "/conv_1/items/msg_1", one),
    )
    method, below, whole = random.choice(asks)
    status = random.choice((200, 200, 200, 200, 400, 404, 422, 500))
    body = encoded(mutated(random, whole, rate)).encode()
    path = f"/v1/conversations{below}"
    request = Request(method, path, f"http://host{path}", (), b'{"metadata": {}}' if method == "POST" else b"")
    headers = (("content-type", "application/json"),)
    return Exchange(request, status, headers, (Chunk(0.1, body),), random.choice(_ENDS), "", 0.2, SENT, _intent(random))


def _request(random: Random, kind: str, rate: float) -> Request:
    method, path = random.choice(
        (*[("POST", CHAT)] * 6, ("GET", "/v1/models"), ("GET", "/v1/models/echo"), ("GET", "/health"), ("PATCH", CHAT))
    )
    asks = {"stream": "json" not in kind or "nd" in kind, "n": 2, "logprobs": random.random() < 0.5, "temperature": 0}
    body = encoded(mutated(random, QUESTION | asks, rate / 4)) if random.random() < 0.95 else "{"
    headers: tuple[tuple[str, str], ...] = (("accept", "application/x-ndjson"),) if "nd" in kind else ()
    headers += (("origin", "https://client.example"),) if random.random() < 0.1 else ()
    return Request(method, path, f"http://host{path}", headers, body.encode())


def _body(random: Random, kind: str, rate: float, *, failed: bool) -> bytes:
    if random.random() < 0.05:
        return random.choice((b"", b"<html>", b"\xff\xfe", b"[" * 5000, b"NaN", _MARKED, b"data:\n\n\n", b"data: {}"))
    if "stream" not in kind and "nd" not in kind:
        return encoded(mutated(random, _ERROR if failed else random.choice(_ANSWERS), rate)).encode()
    chunks = random.choice((_PLAIN, _CALLING, random.choices(_CHUNKS, k=random.randint(0, 14))))
    lines = [encoded(mutated(random, each, rate)) for each in chunks]
    lines += random.choice((["[DONE]"], [], ["[DONE]", "[DONE]"], ["nothing"]))
    if "nd" in kind:
        return "\n".join(lines).encode()
    return "".join(f"data: {line}{random.choice(_GAPS)}" for line in lines).encode()


_FIELDS = (None, "model", "model", "tools", "response_format", "logprobs", "audio")


def _intent(random: Random) -> Intent:
    valid = random.choice((True, True, False, None))
    origin, case = random.choice(("test", "test", SWEEP)), random.choice(("", "a case"))
    return Intent(origin, case, valid, random.choice(_FIELDS), random.choice(_PROVOCATIONS))
