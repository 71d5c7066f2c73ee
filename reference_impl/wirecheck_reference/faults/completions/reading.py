"""What a request for completions asks for, as faults read it: what is not of the form they look for is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wirecheck_reference.faults.kinds.parts import Answer, Event, Request


def wants_stream(request: Request) -> bool:
    """Whether a stream is asked for."""
    return request.field("stream") is True


def texts_of(request: Request) -> list[str]:
    """The prompts of a list of texts; none where the prompt is anything else."""
    found = request.field("prompt")
    return found if isinstance(found, list) and all(isinstance(each, str) for each in found) else []


def choices_of(event: Event) -> list[dict[str, Any]]:
    """The choices of a chunk; none of what is no chunk."""
    found: list[dict[str, Any]] = event.get("choices", []) if isinstance(event, dict) else []
    return found


def logprobs_of(answer: Answer, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The log probabilities of the choices of an answer with 200."""
    if answer.status == 200:
        yield from (choice["logprobs"] for choice in document.get("choices", ()) if choice.get("logprobs"))
