"""Completions as bytes: whole ones, and chunks. Knows the contract's models, and no engine's inside."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from typing import Any

from pydantic_core import to_json
from wirecheck_contract.models import Model

from wirecheck_reference import generations
from wirecheck_reference.engines.completion import CompletionRequest, Piece
from wirecheck_reference.engines.generation import Generation
from wirecheck_reference.generations import DONE, head, usage
from wirecheck_reference.http.responses import event


def whole(request: CompletionRequest, model: Model, generation: Generation[Piece], pieces: Iterable[Piece]) -> bytes:
    """The answer without a stream, as `Completion`: all `pieces` of the generation joined."""
    choices: dict[int, dict[str, Any]] = {}
    for piece in pieces:
        choice = choices.setdefault(piece.choice, {"index": piece.choice, "text": [], "logprobs": None})
        choice["text"].append(piece.text)
        if piece.logprobs is not None:
            told = choice["logprobs"] = choice["logprobs"] or {name: [] for name in piece.logprobs}
            for name, listed in piece.logprobs.items():
                told[name] += listed
        choice["finish_reason"] = piece.finish_reason
    for choice in choices.values():
        choice["text"] = "".join(choice["text"])
    document = head("cmpl-", "text_completion", request["model"])
    document["choices"] = [choices[index] for index in sorted(choices)]
    document["usage"] = usage(generation, model)
    return to_json(document)


def streamed(request: CompletionRequest, model: Model, generation: Generation[Piece]) -> AsyncGenerator[bytes]:
    """The events of a stream: chunks as `CompletionChunk`, then `[DONE]`."""
    chunk = head("cmpl-", "text_completion", request["model"])
    return generations.streamed(request, chunk, generation, _choice, event, DONE, model)


def _choice(piece: Piece) -> dict[str, Any]:
    choice, text, reason, logprobs = piece
    return {"index": choice, "text": text, "logprobs": logprobs, "finish_reason": reason}
