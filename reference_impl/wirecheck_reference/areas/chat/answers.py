"""Chat answers as bytes: whole ones, chunks, events, lines. Knows the contract's models, and no engine's inside."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from typing import Any, Final

from pydantic_core import to_json

from wirecheck_reference.engines.chat import ChatRequest, Delta, Generation
from wirecheck_reference.errors import ApiError, internal_error
from wirecheck_reference.ids import new_id

FINGERPRINT: Final = "fp_wirecheck_1"
DONE: Final = b"data: [DONE]\n\n"
# What deltas hold pieces of, besides calls.
_TEXTS: Final = ("content", "refusal", "reasoning_content")


async def said(generation: Generation) -> Sequence[Delta]:
    """All steps of a generation, once it has ended. Raises what the generation raises."""
    async with aclosing(generation.deltas()) as deltas:
        return [delta async for delta in deltas]


def whole(request: ChatRequest, generation: Generation, deltas: Iterable[Delta]) -> bytes:
    """The answer without a stream, as `ChatCompletion`: all `deltas` of the generation joined."""
    choices: dict[int, dict[str, Any]] = {}
    for delta in deltas:
        choice = choices.get(delta.choice)
        if choice is None:
            message = {"role": "assistant", "content": None, "refusal": None}
            choice = choices[delta.choice] = {"index": delta.choice, "message": message, "logprobs": None}
        _add(choice, delta)
    for choice in choices.values():
        _close(choice["message"])
    document = {
        "id": new_id("chatcmpl-"),
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request["model"],
        "choices": [choices[index] for index in sorted(choices)],
        "usage": usage(generation),
        "system_fingerprint": FINGERPRINT,
    }
    return to_json(document)


async def streamed(
    request: ChatRequest, generation: Generation, framed: Callable[[bytes], bytes], end: bytes
) -> AsyncGenerator[bytes]:
    """The frames of a stream: chunks as `ChatCompletionChunk`, then `end`.

    A generation that fails ends with a frame of the error envelope, and nothing after it.
    """
    counts = bool((request.get("stream_options") or {}).get("include_usage"))
    chunk: dict[str, Any] = {
        "id": new_id("chatcmpl-"),
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": request["model"],
        "system_fingerprint": FINGERPRINT,
        "choices": [],
    }
    if counts:
        chunk["usage"] = None
    try:
        async with aclosing(generation.deltas()) as deltas:
            async for choice, delta, reason, logprobs in deltas:
                chunk["choices"] = [{"index": choice, "delta": delta, "logprobs": logprobs, "finish_reason": reason}]
                yield framed(to_json(chunk))
    except ApiError as error:
        yield framed(error.body())
        return
    except Exception:
        yield framed(internal_error().body())
        raise
    if counts:
        chunk["choices"] = []
        chunk["usage"] = usage(generation)
        yield framed(to_json(chunk))
    if end:
        yield end


def usage(generation: Generation) -> dict[str, Any]:
    """The tokens of an answer that is whole: nothing is cached here."""
    prompt, completion = generation.prompt_tokens, generation.completion_tokens
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": generation.reasoning_tokens},
    }


def _add(choice: dict[str, Any], step: Delta) -> None:
    """Adds a delta to the choice that it continues. Texts are kept as lists of pieces until `_close`."""
    message = choice["message"]
    for field, value in step.delta.items():
        if field in _TEXTS:
            if value is not None:
                message[field] = message.get(field) or []
                message[field].append(value)
        elif field == "tool_calls":
            for call in value:
                _add_call(message.setdefault("tool_calls", []), call)
        elif field == "function_call":
            _add_texts(message.setdefault("function_call", {}), value)
        else:
            message[field] = value
    if step.logprobs is not None:
        if choice["logprobs"] is None:
            choice["logprobs"] = {"content": [], "refusal": None}
        choice["logprobs"]["content"] += step.logprobs["content"]
    if step.finish_reason is not None:
        choice["finish_reason"] = step.finish_reason


def _add_call(calls: list[dict[str, Any]], delta: dict[str, Any]) -> None:
    if delta["index"] == len(calls):
        kind = delta["type"]
        calls.append({"id": delta["id"], "type": kind, kind: {}})
    call = calls[delta["index"]]
    _add_texts(call[call["type"]], delta[call["type"]])


def _add_texts(call: dict[str, Any], delta: dict[str, str]) -> None:
    for field, text in delta.items():
        call[field] = call.get(field, "") + text


def _close(message: dict[str, Any]) -> None:
    for field in _TEXTS:
        if message.get(field) is not None:
            message[field] = "".join(message[field])
