"""Chat answers as bytes: whole ones, chunks, events, lines. Knows the contract's models, and no engine's inside."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Any, Final, Protocol

from wirecheck_contract.models import Model

from wirecheck_reference import generations
from wirecheck_reference.engines.chat import ChatRequest, Delta
from wirecheck_reference.engines.generation import Generation
from wirecheck_reference.generations import head, usage
from wirecheck_reference.store.idempotency import Also


class Keep(Protocol):
    """Keeps an answer with what was asked, and does what else belongs to it; durable on return."""

    async def __call__(self, answer: dict[str, Any], request: ChatRequest, also: Also | None = None) -> None:
        """Keeps it."""
        ...


# What deltas hold pieces of, besides calls.
_TEXTS: Final = ("content", "refusal", "reasoning_content")


def whole(
    request: ChatRequest, model: Model, generation: Generation[Delta], deltas: Iterable[Delta], id_: str | None = None
) -> dict[str, Any]:
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
    document = head("chatcmpl-", "chat.completion", request["model"])
    document["id"] = id_ or document["id"]
    document["choices"] = [choices[index] for index in sorted(choices)]
    document["usage"] = usage(generation, model)
    return document


def streamed(
    request: ChatRequest,
    model: Model,
    generation: Generation[Delta],
    framed: Callable[[bytes], bytes],
    end: bytes,
    keep: Keep | None,
) -> AsyncGenerator[bytes]:
    """The frames of a stream: chunks as `ChatCompletionChunk`, then `end`, before which the whole answer is kept."""
    chunk = head("chatcmpl-", "chat.completion.chunk", request["model"])
    steps: list[Delta] = []

    async def kept() -> None:
        if keep is not None:
            await keep(whole(request, model, generation, steps, chunk["id"]), request)

    def choice_of(step: Delta) -> dict[str, Any]:
        if keep is not None:
            steps.append(step)
        return _choice(step)

    return generations.streamed(request, chunk, generation, choice_of, framed, end, model, kept)


def _choice(step: Delta) -> dict[str, Any]:
    choice, delta, reason, logprobs = step
    return {"index": choice, "delta": delta, "logprobs": logprobs, "finish_reason": reason}


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
