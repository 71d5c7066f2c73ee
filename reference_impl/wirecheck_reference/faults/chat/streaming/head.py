"""Streams that are labelled wrongly, or come to some clients only."""

from __future__ import annotations

from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import on_headers, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


def _is_stream(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("text/event-stream")


@on_headers(at="createChatCompletion", breaks=("stream.media-type",))
def calls_streams_bytes(answer: Answer) -> None:
    """Labels its streams as bytes."""
    if _is_stream(answer):
        answer.headers["content-type"] = "application/octet-stream"


@on_request(at="createChatCompletion", breaks=("stream.accept",))
def streams_only_to_those_who_say_so(request: Request) -> None:
    """Streams nothing to clients that accept JSON."""
    if request.headers.get("accept") == "application/json" and wants_stream(request):
        del request.body["stream"]


@on_headers(at="createChatCompletion", breaks=("stream.no-cache",), rows=("SSE-22",))
def lets_proxies_keep_streams(answer: Answer) -> None:
    """Says nothing of caches in the headers of its streams."""
    if _is_stream(answer):
        answer.headers.pop("cache-control", None)
