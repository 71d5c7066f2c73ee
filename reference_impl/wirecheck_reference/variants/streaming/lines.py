"""Streams whose lines are other than the reference server's, and read alike by the WHATWG's parser."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator

from wirecheck_reference.faults.kinds.parts import Answer, Event
from wirecheck_reference.faults.kinds.sse import framed
from wirecheck_reference.variants.kind import on_bytes, on_events, on_headers

_PARSING = "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream"
_READING = "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation"
_AUTHORS = "https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes (comments keep a line open)"
_JSON = "RFC 8259 section 2 (insignificant whitespace)"


def _is_event(piece: bytes) -> bool:
    """Whether a piece is of events: lines of NDJSON end with LF alone."""
    return piece.startswith(b"data:")


@on_bytes(_PARSING)
async def ends_lines_with_cr_lf(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends each line of a stream with CR LF."""
    async for piece in pieces:
        yield piece.replace(b"\n", b"\r\n") if _is_event(piece) else piece


@on_bytes(_PARSING)
async def ends_lines_with_cr(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends each line of a stream with CR."""
    async for piece in pieces:
        yield piece.replace(b"\n", b"\r") if _is_event(piece) else piece


@on_bytes(_PARSING)
async def mixes_line_ends(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Ends the lines of each event in another of the three ways."""
    ends = itertools.cycle((b"\n", b"\r\n", b"\r"))
    async for piece in pieces:
        yield piece.replace(b"\n", next(ends)) if _is_event(piece) else piece


@on_bytes(_READING)
async def writes_no_space_after_data(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Writes `data:` without the space, which is optional."""
    async for piece in pieces:
        yield piece.replace(b"data: ", b"data:") if _is_event(piece) else piece


@on_events(_READING)
async def writes_data_in_several_lines(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes the JSON of each chunk over several data lines, which are one text with LF between them."""
    async for event in events:
        if isinstance(event, dict):
            lines = json.dumps(event, indent=1).splitlines()
            yield "".join(f"data: {line}\n" for line in lines).encode() + b"\n"
        else:
            yield event


@on_events(_READING)
async def names_its_events_message(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives each event the type that it has without one, `message`."""
    async for event in events:
        yield b"event: message\n" + framed(event)


@on_events(_READING)
async def names_the_type_after_the_data(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes the field `event` below the data."""
    async for event in events:
        yield framed(event)[:-1] + b"event: message\n\n"


@on_events(_READING)
async def numbers_its_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Gives each event an `id`."""
    count = 0
    async for event in events:
        count += 1
        yield b"id: %d\n" % count + framed(event)


@on_events(_READING)
async def says_when_to_connect_again(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `retry` with its first event."""
    first = b"retry: 3000\n"
    async for event in events:
        yield first + framed(event)
        first = b""


@on_events(_READING)
async def says_when_to_connect_again_by_itself(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends `retry` before the first event, with an empty line behind it."""
    yield b"retry: 3000\n\n"
    async for event in events:
        yield event


@on_events(_READING)
async def sends_fields_of_its_own(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends fields that the standard does not know beside the data: they are ignored."""
    count = 0
    async for event in events:
        count += 1
        yield b"x-offset: %d\nmeta\n" % count + framed(event)


@on_events(_AUTHORS)
async def sends_comments_between_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a comment and an empty line before each event."""
    async for event in events:
        yield b": keep-alive\n\n" + framed(event)


@on_events(_AUTHORS)
async def sends_empty_comments(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends a line of a colon alone before each event."""
    async for event in events:
        yield b":\n\n" + framed(event)


@on_events(_AUTHORS)
async def says_that_it_is_processing(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Begins with comments that name the server, as gateways do while a model loads."""
    yield b": GATEWAY PROCESSING\n\n: GATEWAY PROCESSING\n\n"
    async for event in events:
        yield event


@on_events(_PARSING)
async def pads_with_a_long_comment(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Begins with a comment of two kilobytes, against proxies that wait for so much."""
    yield b":" + b" " * 2048 + b"\n\n"
    async for event in events:
        yield event


@on_events(_PARSING)
async def comments_within_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes a comment between the data of an event and its empty line."""
    async for event in events:
        yield framed(event)[:-1] + b": that was it\n\n"


@on_events(_PARSING)
async def comments_without_an_empty_line(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes a comment right before the data."""
    async for event in events:
        yield b":ping\n" + framed(event)


@on_events(_AUTHORS)
async def comments_on_the_time(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends comments with colons and Unicode in them."""
    async for event in events:
        yield ": ping - 2026-01-01 12:00:00.000+00:00 ✓ café\n\n".encode() + framed(event)


@on_events(_PARSING)
async def begins_with_empty_lines(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Begins with empty lines."""
    yield b"\n\n"
    async for event in events:
        yield event


@on_events(_PARSING)
async def leaves_room_between_events(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends two empty lines more after each event."""
    async for event in events:
        yield framed(event) + b"\n\n"


@on_events(_JSON)
async def writes_json_with_spaces(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes a space after each comma and colon of a chunk, and around it."""
    async for event in events:
        yield f"data:  {json.dumps(event)} \n\n".encode() if isinstance(event, dict) else event


@on_events("RFC 8259 section 7 (any character may be escaped)")
async def escapes_what_is_not_ascii(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Escapes what is not ASCII in chunks, and each solidus."""
    async for event in events:
        if isinstance(event, dict):
            escaped = json.dumps(event).replace("/", "\\/")
            yield f"data: {escaped}\n\n".encode()
        else:
            yield event


@on_events("RFC 8259 section 4 (objects are unordered)")
async def sorts_the_keys_of_chunks(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Writes the keys of chunks in the order of the alphabet."""
    async for event in events:
        yield f"data: {json.dumps(event, sort_keys=True)}\n\n".encode() if isinstance(event, dict) else event


@on_headers("RFC 9110 section 8.3.1 (media types and names of parameters have no case)", at="createChatCompletion")
def labels_streams_in_capitals(answer: Answer) -> None:
    """Labels streams `Text/Event-Stream;Charset=UTF-8`."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers["content-type"] = "Text/Event-Stream;Charset=UTF-8"


@on_headers("https://html.spec.whatwg.org/multipage/iana.html#text/event-stream", at="createChatCompletion")
def labels_streams_without_a_charset(answer: Answer) -> None:
    """Labels streams `text/event-stream` and no more."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers["content-type"] = "text/event-stream"


@on_headers("RFC 9111 section 5.2.2.5 (no-store)", at="createChatCompletion")
def forbids_stores(answer: Answer) -> None:
    """Answers streams with `Cache-Control: private, no-store, no-transform`."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.headers["cache-control"] = "private, no-store, no-transform"
