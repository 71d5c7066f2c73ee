"""What a fault is, and how one is declared: a function over one part of an exchange. Knows no particular fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from wirecheck_reference.faults.kinds.alteration import EVERY, Alteration, At, Memory, Wrap, described, places
from wirecheck_reference.faults.kinds.answers import (
    change_answer,
    change_document,
    change_documents,
    change_error,
    change_head,
)
from wirecheck_reference.faults.kinds.connections import hang_up, say_nothing
from wirecheck_reference.faults.kinds.deliveries import SEEN, SENT, change_sending, change_verdict
from wirecheck_reference.faults.kinds.exchange import Change
from wirecheck_reference.faults.kinds.requests import change_receiving, change_request
from wirecheck_reference.faults.kinds.streams import change_bytes, change_events, change_messages

__all__ = ["DONE", "EVERY", "Fault"]

DONE: Final = "[DONE]"
"""The data of a stream's last event."""

Ids: TypeAlias = tuple[str, ...]
Declare: TypeAlias = Callable[[Change], "Fault"]
_PACKAGE: Final = __name__.split(".kinds.")[0]


@dataclass(frozen=True, slots=True)
class Fault(Alteration):
    """The reference server with one thing wrong.

    `breaks` are the ids of the requirements that must fail, `rows` the rows of the catalogue of field bugs that it
    stands for.
    """

    breaks: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """All that is known of the fault, as JSON."""
        # Not `super()`: a dataclass with slots is another class than the one that this function was written in.
        return {**Alteration.document(self), "breaks": list(self.breaks), "rows": list(self.rows)}


def on_request(*, at: At, breaks: Ids, rows: Ids = (), remembers: Memory | None = None) -> Declare:
    """Changes a request before the server sees it: `(Request) -> Answer | None`; an `Answer` is sent instead.

    What `remembers` makes is handed to the function as `memory`: one for each server that has the fault.
    """
    return _declare("on_request", change_request, at, breaks, rows, remembers, inner=True)


def on_answer(*, at: At, breaks: Ids, rows: Ids = (), remembers: Memory | None = None) -> Declare:
    """Changes an answer that is no stream, of any status: `(Answer) -> Answer | None`. May remember as `on_request`."""
    return _declare("on_answer", change_answer, at, breaks, rows, remembers)


def on_json(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes each object that is answered with 200 and no stream: `(document) -> document | None`.

    None: it was changed in place.
    """
    return _declare("on_json", change_document, at, breaks, rows)


def on_documents(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes each object that is answered with 200 and each chunk of a stream: `(document) -> document | None`."""
    return _declare("on_documents", change_documents, at, breaks, rows)


def on_error(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes each error: `(envelope, Answer) -> envelope | None`; status and headers are the answer's."""
    return _declare("on_error", change_error, at, breaks, rows)


def on_headers(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the head of each answer, streams too: `(Answer) -> None`; the `Answer` has no body to change."""
    return _declare("on_headers", change_head, at, breaks, rows)


def on_events(*, at: At, breaks: Ids, rows: Ids = (), remembers: Memory | None = None) -> Declare:
    """Changes the events of a stream, each as it comes: an asynchronous generator from events to events.

    An event is a chunk (or error) as a dict, or `DONE`; bytes that are yielded go on the wire as they are. May remember
    as `on_request`.
    """
    return _declare("on_events", change_events, at, breaks, rows, remembers)


def on_bytes(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the bytes of a stream (events or lines): an asynchronous generator from pieces to pieces."""
    return _declare("on_bytes", change_bytes, at, breaks, rows)


def on_messages(*, at: At, breaks: Ids, rows: Ids = (), remembers: Memory | None = None) -> Declare:
    """Changes the ASGI messages of a stream, their timing above all: an asynchronous generator. May remember."""
    return _declare("on_messages", change_messages, at, breaks, rows, remembers)


def on_receive(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the ASGI messages that the server receives, `http.disconnect` among them: an asynchronous generator."""
    return _declare("on_receive", change_receiving, at, breaks, rows)


def on_connection(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Closes the connection in place of answering where the function says so: `(Request) -> bool`."""
    return _declare("on_connection", hang_up, at, breaks, rows)


def on_silence(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Gives no answer, and keeps the connection, where the function says so: `(Request) -> bool`."""
    return _declare("on_silence", say_nothing, at, breaks, rows)


def on_sending(*, breaks: Ids, rows: Ids = (), remembers: Memory | None = None) -> Declare:
    """Changes each webhook that is sent: `(Sending) -> Outcome`, asynchronous. May remember as `on_request`."""
    return _declare("on_sending", change_sending, SENT, breaks, rows, remembers, watches=SEEN)


def on_verdict(*, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes what each attempt at a webhook comes to: `(Verdict, Outcome) -> Verdict`."""
    return _declare("on_verdict", change_verdict, SENT, breaks, rows, watches=SEEN)


def _declare(
    kind: str,
    wrap: Wrap,
    at: At,
    breaks: Ids,
    rows: Ids,
    remembers: Memory | None = None,
    *,
    inner: bool = False,
    watches: Ids = (),
) -> Declare:
    """The decorator that makes a fault of a function. Raises `ValueError` for an operation that there is not."""
    named = places(at)

    def declare(change: Change) -> Fault:
        return Fault(
            **described(change, _PACKAGE),
            kind=kind,
            at=named,
            breaks=breaks,
            rows=rows,
            inner=inner,
            change=change,
            wrap=wrap,
            remembers=remembers,
            watches=watches,
        )

    return declare
