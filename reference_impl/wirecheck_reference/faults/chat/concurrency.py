"""Many clients at once gone wrong: what a crowd gets and a single client never sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.types import Message

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.chat.reading import empty_prompt, messages_of, prompt_of
from wirecheck_reference.faults.kinds.fault import on_receive, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_EVERY: Final = 5


class Alike:
    """Counts prompts that come one after another, begin alike and are not the same, as those of a crowd do."""

    def __init__(self) -> None:
        self._last = ""
        self._count = 0

    def is_one_of_many(self, request: Request) -> bool:
        """Whether the prompt is the fifth (tenth, ...) of its like."""
        prompt, last = prompt_of(request), self._last
        self._last = prompt
        alike = prompt != last and last.startswith(prompt[: (len(prompt) + 1) // 2])
        self._count = self._count + 1 if prompt and alike else 1
        return self._count % _EVERY == 0


@on_request(at="createChatCompletion", breaks=("concurrency.isolation",), rows=("CON-02",), remembers=dict)
def caches_by_the_beginning(request: Request, memory: dict[tuple[str, int], str]) -> None:
    """Answers prompts of one length whose first two thirds are the same with the first one's answer."""
    if prompt := prompt_of(request):
        beginning = prompt[: len(prompt) * 2 // 3]
        messages_of(request)[-1]["content"] = memory.setdefault((beginning, len(prompt)), prompt)


@on_request(at="createChatCompletion", breaks=("concurrency.served",), remembers=Alike)
def refuses_prompts_like_the_last(request: Request, memory: Alike) -> Answer | None:
    """Answers 409 to every fifth of many prompts that begin alike."""
    if not memory.is_one_of_many(request):
        return None
    error = ApiError(409, "conflict", "A request like this one is under way.")
    return Answer(request, 409, {"content-type": "application/json"}, error.body())


@on_request(at="createChatCompletion", breaks=("concurrency.served",), remembers=Alike)
def has_nothing_left_to_say(request: Request, memory: Alike) -> None:
    """Answers every fifth of many alike with an empty text."""
    if memory.is_one_of_many(request):
        empty_prompt(request)


@on_request(at="createChatCompletion", breaks=("concurrency.served",), remembers=Alike)
def answers_another_question(request: Request, memory: Alike) -> None:
    """Answers every fifth of many alike as if it had been asked for something else."""
    if memory.is_one_of_many(request):
        messages_of(request)[-1]["content"] = "What was it?"


@on_receive(at="createChatCompletion", breaks=("concurrency.leaving",), rows=("CON-01",))
async def works_on_for_nobody(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Goes on generating for clients that have left."""
    async for message in messages:
        if message["type"] == "http.disconnect":
            await asyncio.sleep(60)
        yield message
