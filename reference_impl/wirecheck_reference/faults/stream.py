"""Streams gone wrong: their events, order, bytes and timing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Message

from wirecheck_reference.faults.fault import DONE, on_bytes, on_events, on_headers, on_messages, on_receive, on_request
from wirecheck_reference.faults.parts import Answer, Asked, Event


@on_events(breaks=("stream.done",), rows=("SSE-01",))
async def never_says_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams without `data: [DONE]`."""
    async for event in events:
        if event != DONE:
            yield event


@on_events(breaks=("stream.done-once",), rows=("SSE-02",))
async def says_done_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Ends its streams with two `[DONE]`."""
    async for event in events:
        yield event
    yield DONE


@on_events(breaks=("stream.one-id",), rows=("CHK-04",))
async def names_each_chunk_anew(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives every chunk of a stream an id of its own."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "id": f"{event['id']}-{count}"} if isinstance(event, dict) and "id" in event else event


@on_events(breaks=("chat.n-stream", "stream.finish-given"), rows=("FIN-02",))
async def never_finishes_a_choice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves out the chunk with the finish reason."""
    async for event in events:
        if not (isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ()))):
            yield event


@on_events(breaks=("stream.json",), rows=("SSE-08",))
async def sends_comments_as_data(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends what keeps the connection open as data."""
    yield b"data: : keep-alive\n\n"
    async for event in events:
        yield event


@on_bytes(breaks=("stream.space",), rows=("SSE-14",))
async def saves_the_space_after_data(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes `data:` without a space after it."""
    async for piece in pieces:
        yield piece.replace(b"data: ", b"data:")


@on_messages(breaks=("stream.as-produced",), rows=("SSE-20",))
async def holds_the_stream_back(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Sends a stream in one piece when it is whole."""
    held = [message async for message in messages]
    for message in held:
        yield message


@on_receive(breaks=("concurrency.leaving",), rows=("CON-01",))
async def works_on_for_nobody(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Goes on generating for clients that have left."""
    async for message in messages:
        if message["type"] == "http.disconnect":
            await asyncio.sleep(60)
        yield message


def _finishes(event: Event) -> bool:
    """Whether an event holds the finish of a choice."""
    return isinstance(event, dict) and any(choice["finish_reason"] for choice in event.get("choices", ()))


def _is_stream(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("text/event-stream")


@on_headers(breaks=("stream.media-type",))
def calls_streams_bytes(answer: Answer) -> None:
    """Labels its streams as bytes."""
    if _is_stream(answer):
        answer.headers["content-type"] = "application/octet-stream"


@on_request(breaks=("stream.accept",))
def streams_only_to_those_who_say_so(asked: Asked) -> None:
    """Streams nothing to clients that accept JSON."""
    if asked.headers.get("accept") == "application/json" and isinstance(asked.body, dict):
        asked.body.pop("stream", None)


@on_events(breaks=("stream.lines",), rows=("SSE-05",))
async def writes_lines_of_its_own(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes JSON into the stream without framing it."""
    yield b'{"note": "not framed"}\n\n'
    async for event in events:
        yield event


@on_events(breaks=("stream.utf8",))
async def comments_in_latin_1(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes comments that are not UTF-8."""
    yield b": caf\xe9\n\n"
    async for event in events:
        yield event


@on_bytes(breaks=("ndjson.lines", "stream.utf8"), rows=("SSE-21",))
async def cuts_characters(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Loses a byte of some characters of three bytes."""
    async for piece in pieces:
        yield piece.replace("日".encode(), "日".encode()[:2])


@on_bytes(breaks=("stream.bom",))
async def begins_with_a_mark(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Begins its event streams with a byte-order mark."""
    first = True
    async for piece in pieces:
        yield b"\xef\xbb\xbf" + piece if first and piece.startswith(b"data") else piece
        first = False


@on_bytes(breaks=("stream.one-value",), rows=("SSE-11",))
async def spreads_a_chunk_over_lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes a chunk over two data lines."""
    async for piece in pieces:
        yield piece.replace(b',"choices":', b',\ndata: "choices":') if piece.startswith(b"data") else piece


@on_bytes(breaks=("stream.one-value",), rows=("SSE-11",))
async def forgets_the_last_empty_line(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends the body right after `data: [DONE]`, without the empty line."""
    async for piece in pieces:
        yield piece.rstrip(b"\n") + b"\n" if piece.startswith(b"data: [DONE]") else piece


@on_events(breaks=("stream.no-empty-event",), rows=("SSE-09",))
async def pings_with_empty_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Keeps the connection open with events that have no data."""
    yield b"event: ping\n\n"
    async for event in events:
        yield event


@on_headers(breaks=("stream.no-cache",), rows=("SSE-22",))
def lets_proxies_keep_streams(answer: Answer) -> None:
    """Says nothing of caches in the headers of its streams."""
    if _is_stream(answer):
        answer.headers.pop("cache-control", None)


@on_events(breaks=("stream.chunk-shape",), rows=("CHK-08",))
async def calls_chunks_completions(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives chunks the object of another API."""
    async for event in events:
        yield {**event, "object": "text_completion"} if isinstance(event, dict) and "choices" in event else event


@on_events(breaks=("stream.one-model",))
async def changes_its_name(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Names the model otherwise from the second chunk on."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "model": "echo-2"} if count > 1 and isinstance(event, dict) and "model" in event else event


@on_events(breaks=("stream.one-created",))
async def dates_each_chunk(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives each chunk a time of its own."""
    count = 0
    async for event in events:
        count += 1
        yield {**event, "created": event["created"] + count} if isinstance(event, dict) and "id" in event else event


@on_events(breaks=("chat.n-stream", "stream.choice-index"), rows=("CHK-07",))
async def counts_choices_from_one(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives the first choice the index 1."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["index"] += 1
        yield event


@on_events(breaks=("chat.n-stream", "stream.role-first"))
async def does_not_say_who_speaks(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Leaves the role out of its deltas."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            choice["delta"].pop("role", None)
        yield event


@on_events(breaks=("stream.finish-once",), rows=("FIN-05",))
async def finishes_twice(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the chunk with the finish reason twice."""
    async for event in events:
        yield event
        if _finishes(event):
            yield event


@on_events(breaks=("stream.finish-last",))
async def speaks_after_its_finish(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Sends the finish reason before the last delta."""
    held: Any = None
    async for event in events:
        if _finishes(event) and held is not None and held["choices"][0]["delta"].get("content"):
            yield event
            continue
        if held is not None:
            yield held
        held = event
    if held is not None:
        yield held


@on_events(breaks=("stream.finish-alone",), rows=("CHK-16",))
async def finishes_with_the_last_word(events: AsyncIterator[Any]) -> AsyncIterator[Event]:
    """Sends the last content and the finish reason in one chunk."""
    held: Any = None
    async for event in events:
        if held is not None and _finishes(event) and held["choices"][0]["index"] == event["choices"][0]["index"]:
            held["choices"][0]["finish_reason"] = event["choices"][0]["finish_reason"]
            continue
        if held is not None:
            yield held
        held = event if isinstance(event, dict) and event.get("choices") else None
        if held is None:
            yield event
    if held is not None:
        yield held


@on_events(breaks=("stream.done-last",))
async def speaks_after_done(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a chunk after `[DONE]`."""
    last: Any = None
    async for event in events:
        yield event
        if event == DONE and last:
            yield {**last, "choices": []}
        last = {name: value for name, value in event.items() if name != "usage"} if isinstance(event, dict) else None


@on_messages(breaks=("stream.ends",), rows=("SSE-03",))
async def never_hangs_up(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """Leaves the body of a stream open after `[DONE]`."""
    async for message in messages:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await asyncio.sleep(60)
        yield message


@on_events(breaks=("stream.same-text",), rows=("SSE-21",))
async def loses_words_of_other_scripts(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Loses pieces of text that hold Chinese characters."""
    async for event in events:
        if not (isinstance(event, dict) and "日" in str(event.get("choices", [{}])[:1])):
            yield event


@on_request(breaks=("stream.same-text",), rows=("SYN-04",))
def streams_nothing_to_foreigners(asked: Asked) -> None:
    """Streams an empty answer where the prompt is not ASCII."""
    body = asked.body if isinstance(asked.body, dict) else {}
    foreign = b"\\ud83e" in asked.raw and "logprobs" not in body
    if foreign and body.get("stream") and "ndjson" not in asked.headers.get("accept", ""):
        body["messages"] = [{"role": "user", "content": ""}]
