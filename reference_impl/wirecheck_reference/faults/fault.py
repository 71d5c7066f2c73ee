"""What a fault is: a function over one part of what is on the wire, and how it is declared. Knows no single fault."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from starlette.types import ASGIApp, Message

from wirecheck_reference.faults import wrapping
from wirecheck_reference.faults.hanging_up import hang_up
from wirecheck_reference.faults.parts import Answer, Asked, Event

DONE: Final = "[DONE]"
"""The data of a stream's last event."""

Change: TypeAlias = Callable[..., Any]
Declare: TypeAlias = Callable[[Change], "Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The reference server with one thing wrong.

    `kind` is the decorator that declared it, `breaks` the ids of the requirements that must fail, `rows` the rows
    of the catalogue of field bugs that it stands for, `area` the module it stands in. An `inner` fault sits inside
    the layer that adds request ids, timing and CORS.
    """

    name: str
    summary: str
    kind: str
    area: str
    breaks: tuple[str, ...]
    rows: tuple[str, ...]
    inner: bool
    install: Callable[[ASGIApp], ASGIApp]

    def document(self) -> dict[str, Any]:
        """All that is known of the fault, as JSON."""
        return {
            "name": self.name,
            "summary": self.summary,
            "kind": self.kind,
            "area": self.area,
            "breaks": list(self.breaks),
            "rows": list(self.rows),
        }


def on_request(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes a request before the server sees it: `(Asked) -> Answer | None`; an `Answer` is sent instead."""

    def declare(change: Callable[[Asked], Answer | None]) -> Fault:
        return _fault("on_request", change, wrapping.request, breaks, rows, inner=True)

    return declare


def on_answer(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes an answer that is no stream, of any route and status: `(Answer) -> Answer | None`."""

    def declare(change: Callable[[Answer], Answer | None]) -> Fault:
        return _fault("on_answer", change, wrapping.answer, breaks, rows)

    return declare


def on_json(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes each chat completion that is no stream: `(document) -> document | None`; None: changed in place."""

    def declare(change: Callable[[dict[str, Any]], Any]) -> Fault:
        return _fault("on_json", change, wrapping.completion, breaks, rows)

    return declare


def on_documents(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes each chat completion and each chunk of a stream: `(document) -> document | None`."""

    def declare(change: Callable[[dict[str, Any]], Any]) -> Fault:
        return _fault("on_documents", change, wrapping.documents, breaks, rows)

    return declare


def on_error(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes each error: `(envelope, Answer) -> envelope | None`; status and headers are the answer's."""

    def declare(change: Callable[[dict[str, Any], Answer], Any]) -> Fault:
        return _fault("on_error", change, wrapping.error, breaks, rows)

    return declare


def on_headers(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes the head of every answer, streams too: `(Answer) -> None`; the `Answer` has no body to change."""

    def declare(change: Callable[[Answer], None]) -> Fault:
        return _fault("on_headers", change, wrapping.head, breaks, rows)

    return declare


def on_events(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes the events of a stream, each as it comes: an asynchronous generator from events to events.

    An event is a chunk (or error) as a dict, or `DONE`; bytes that are yielded go on the wire as they are.
    """

    def declare(change: Callable[[AsyncIterator[Event]], AsyncIterator[Event]]) -> Fault:
        return _fault("on_events", change, wrapping.events, breaks, rows)

    return declare


def on_bytes(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes the bytes of a stream (events or lines): an asynchronous generator from pieces to pieces."""

    def declare(change: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]]) -> Fault:
        return _fault("on_bytes", change, wrapping.stream_bytes, breaks, rows)

    return declare


def on_messages(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes the ASGI messages of a stream, their timing above all: an asynchronous generator."""

    def declare(change: Callable[[AsyncIterator[Message]], AsyncIterator[Message]]) -> Fault:
        return _fault("on_messages", change, wrapping.messages, breaks, rows)

    return declare


def on_receive(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Changes the ASGI messages that the server receives, `http.disconnect` among them: an asynchronous generator."""

    def declare(change: Callable[[AsyncIterator[Message]], AsyncIterator[Message]]) -> Fault:
        return _fault("on_receive", change, wrapping.receive, breaks, rows)

    return declare


def on_connection(*, breaks: Sequence[str], rows: Sequence[str] = ()) -> Declare:
    """Closes the connection in place of answering where the function says so: `(Asked) -> bool`."""

    def declare(change: Callable[[Asked], bool]) -> Fault:
        return _fault("on_connection", change, hang_up, breaks, rows)

    return declare


def _fault(
    kind: str,
    change: Any,
    install: Callable[[Any, ASGIApp], ASGIApp],
    breaks: Sequence[str],
    rows: Sequence[str],
    *,
    inner: bool = False,
) -> Fault:
    summary = inspect.cleandoc(change.__doc__ or "").partition("\n")[0]
    if not summary:
        raise TypeError(f"the fault {change.__name__} does not say how it is wrong")
    return Fault(
        name=change.__name__.replace("_", "-"),
        summary=summary,
        kind=kind,
        area=change.__module__.rpartition(".")[2],
        breaks=tuple(breaks),
        rows=tuple(rows),
        inner=inner,
        install=lambda app: install(change, app),
    )
