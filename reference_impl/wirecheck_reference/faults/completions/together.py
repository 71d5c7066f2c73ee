"""Many prompts and many clients gone wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.types import Message

from wirecheck_reference.faults.kinds.bodies import read_body
from wirecheck_reference.faults.kinds.fault import on_receive, on_request
from wirecheck_reference.faults.kinds.parts import Request

# Seconds that each text of a list waits for the one before it.
_TURN: Final = 0.5


@on_request(at="createCompletion", breaks=("completions.isolation",), rows=("CON-02",), remembers=dict)
def caches_texts_by_their_beginning(request: Request, memory: dict[tuple[str, int], str]) -> None:
    """Continues texts of one length whose first two thirds are the same as it did the first of them."""
    prompt = request.field("prompt")
    if isinstance(prompt, str) and prompt:
        request.body["prompt"] = memory.setdefault((prompt[: len(prompt) * 2 // 3], len(prompt)), prompt)


@on_receive(at="createCompletion", breaks=("completions.at-once",))
async def takes_one_text_after_the_other(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Lets each text of a list wait for the one before it."""
    async for message in messages:
        if message["type"] == "http.request":
            try:
                body = read_body(message.get("body", b""))
            except ValueError:
                body = None
            prompt = body.get("prompt") if isinstance(body, dict) else None
            if isinstance(prompt, list) and len(prompt) > 1:
                await asyncio.sleep(_TURN * (len(prompt) - 1))
        yield message
