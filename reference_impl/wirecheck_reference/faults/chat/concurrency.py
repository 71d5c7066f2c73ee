"""Many clients at once gone wrong: what a crowd gets and a single client never sees."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.types import Message

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.chat.reading import empty_prompt, messages_of, prompt_of
from wirecheck_reference.faults.kinds.fault import DONE, on_events, on_messages, on_receive, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Event, Request

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


class Calling:
    """The streams with calls that are under way, and the arguments of the one that began last."""

    def __init__(self) -> None:
        self.running = 0
        self.last: Any = None


def _calls(event: Event) -> list[dict[str, Any]]:
    """The deltas of calls in an event."""
    choices = event.get("choices", ()) if isinstance(event, dict) else ()
    return [call for choice in choices for call in choice["delta"].get("tool_calls", ())]


@on_events(at="createChatCompletion", breaks=("concurrency.calls",), remembers=Calling)
async def counts_calls_of_all_streams(events: AsyncIterator[Event], memory: Calling) -> AsyncIterator[Event]:
    """Gives a call in a stream the index of those that other streams have under way, added to its own."""
    beside: int | None = None
    async for event in events:
        for call in _calls(event):
            if beside is None:
                beside, memory.running = memory.running, memory.running + 1
            call["index"] += beside
        yield event
    memory.running -= beside is not None


@on_events(at="createChatCompletion", breaks=("concurrency.calls",), remembers=Calling)
async def sends_arguments_to_whoever_listens(events: AsyncIterator[Event], memory: Calling) -> AsyncIterator[Event]:
    """Says in each stream the piece of arguments that came last in any."""
    async for event in events:
        for call in _calls(event):
            piece, memory.last = memory.last, call.get("function", {}).get("arguments")
            if memory.running > 1 and piece and memory.last:
                call["function"]["arguments"] = piece
            memory.running += "id" in call and call["index"] == 0
        yield event
        if isinstance(event, dict) and any(choice.get("finish_reason") for choice in event.get("choices", ())):
            memory.running = max(memory.running - 1, 0)


class Leavers:
    """Counts the streams that were not sent to their end."""

    def __init__(self) -> None:
        self.count = 0


@on_messages(at="createChatCompletion", breaks=("concurrency.bystander",), remembers=Leavers)
async def breaks_off_what_runs_beside_a_stream_that_is_left(
    messages: AsyncIterator[Message], memory: Leavers
) -> AsyncIterator[Message]:
    """Breaks off all streams that are under way when a client leaves one."""
    before, whole = memory.count, False
    async for message in messages:
        if memory.count > before:
            return
        yield message
        whole = message["type"] == "http.response.body" and not message.get("more_body")
    memory.count += not whole


@on_events(at="createChatCompletion", breaks=("concurrency.bystander",), remembers=Leavers)
async def ends_what_runs_beside_a_stream_that_is_left(
    events: AsyncIterator[Event], memory: Leavers
) -> AsyncIterator[Event]:
    """Ends all streams that are under way when a client leaves one, in good order and too early."""
    before, event = memory.count, None
    async for event in events:
        if memory.count > before:
            yield DONE
            return
        yield event
    memory.count += event != DONE


@on_receive(at="createChatCompletion", breaks=("concurrency.leaving",))
async def finishes_answers_that_nobody_waits_for(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Goes on with an answer that is no stream after its client has left."""
    body = b""
    async for message in messages:
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" and not re.search(rb'"stream": ?true', body):
            await asyncio.sleep(60)
        yield message


@on_receive(at="createChatCompletion", breaks=("concurrency.leaving",), rows=("CON-01",))
async def works_on_for_nobody(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Goes on generating for clients that have left."""
    async for message in messages:
        if message["type"] == "http.disconnect":
            await asyncio.sleep(60)
        yield message
