"""Answers in the making as bytes: gathered, counted, told in chunks. Knows no operation and no engine's inside."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Final, TypeVar

from pydantic_core import to_json
from wirecheck_contract.models import Model, ModelPrice

from wirecheck_reference.engines.generation import Generation
from wirecheck_reference.errors import ApiError, internal_error
from wirecheck_reference.ids import new_id
from wirecheck_reference.spending import tell

FINGERPRINT: Final = "fp_wirecheck_1"
DONE: Final = b"data: [DONE]\n\n"
_MILLION: Final = 1_000_000

Step = TypeVar("Step")


async def gathered(generation: Generation[Step]) -> Sequence[Step]:
    """All steps of a generation, once it has ended. Raises what the generation raises."""
    async with aclosing(generation.deltas()) as deltas:
        return [delta async for delta in deltas]


def head(prefix: str, kind: str, model: str) -> dict[str, Any]:
    """What stands above the choices of an answer, and of each chunk: an id of its own, `object`, time and model."""
    return {
        "id": new_id(prefix),
        "object": kind,
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": FINGERPRINT,
    }


async def streamed(
    request: Mapping[str, Any],
    chunk: dict[str, Any],
    generation: Generation[Step],
    choice_of: Callable[[Step], dict[str, Any]],
    framed: Callable[[bytes], bytes],
    end: bytes,
    model: Model,
    said: Callable[[], Awaitable[None]] | None = None,
) -> AsyncGenerator[bytes]:
    """The frames of a stream: a chunk for each step under one `head`, the usage where the request wants it, `end`.

    `said` is awaited when the last step is told.

    A generation that fails ends with a frame of the error envelope, and nothing after it.
    """
    counts = bool((request.get("stream_options") or {}).get("include_usage"))
    if counts:
        chunk["usage"] = None
    try:
        async with aclosing(generation.deltas()) as steps:
            async for step in steps:
                chunk["choices"] = [choice_of(step)]
                yield framed(to_json(chunk))
        if said is not None:
            await said()
    except ApiError as error:
        yield framed(error.body())
        return
    except Exception:
        yield framed(internal_error().body())
        raise
    spent = usage(generation, model)
    if counts:
        chunk["choices"] = []
        chunk["usage"] = spent
        yield framed(to_json(chunk))
    if end:
        yield end


def usage(generation: Generation[Any], model: Model) -> dict[str, Any]:
    """The tokens of an answer that is whole, and their cost where the model has a price: nothing is cached here.

    Called once for each answer: whoever counts tokens is told.
    """
    prompt, completion = generation.prompt_tokens, generation.completion_tokens
    tell(model.id, prompt, completion)
    counts: dict[str, Any] = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": generation.reasoning_tokens},
    }
    if isinstance(model.price, ModelPrice):
        counts["cost_usd"] = cost(model.price, prompt, completion)
    return counts


def cost(price: ModelPrice, prompt: int, completion: int) -> float:
    """What so many tokens cost, in US dollars."""
    spent = prompt * price.input_usd_per_million_tokens + completion * price.output_usd_per_million_tokens
    return spent / _MILLION
