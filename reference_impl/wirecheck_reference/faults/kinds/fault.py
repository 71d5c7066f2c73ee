"""What a fault is, and how one is declared: a function over one part of an exchange. Knows no particular fault."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.faults.kinds.answers import (
    change_answer,
    change_document,
    change_documents,
    change_error,
    change_head,
)
from wirecheck_reference.faults.kinds.connections import hang_up, say_nothing
from wirecheck_reference.faults.kinds.exchange import Change, Keys
from wirecheck_reference.faults.kinds.operations import find_operation, operation_ids
from wirecheck_reference.faults.kinds.requests import change_receiving, change_request
from wirecheck_reference.faults.kinds.streams import change_bytes, change_events, change_messages

DONE: Final = "[DONE]"
"""The data of a stream's last event."""
EVERY: Final = "every operation"
"""Said of a fault of every route, those included that are no operation of the contract."""

At: TypeAlias = str | tuple[str, ...]
Ids: TypeAlias = tuple[str, ...]
Memory: TypeAlias = Callable[[], Any]
Declare: TypeAlias = Callable[[Change], "Fault"]
_Wrap: TypeAlias = Callable[[Change, ASGIApp, Keys], ASGIApp]
_PACKAGE: Final = __name__.split(".kinds.")[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """The reference server with one thing wrong.

    `kind` is the decorator that declared it, `at` the operations that it touches (None: every route), `breaks` the ids
    of the requirements that must fail, `rows` the rows of the catalogue of field bugs that it stands for; `area` and
    `topic` are where it stands. An `inner` fault sits inside the layer that adds request ids, timing and CORS.
    """

    name: str
    summary: str
    kind: str
    area: str
    topic: str
    at: tuple[str, ...] | None
    breaks: tuple[str, ...]
    rows: tuple[str, ...]
    inner: bool
    change: Change
    wrap: _Wrap
    remembers: Memory | None

    def install(self, app: ASGIApp, keys: Keys = ()) -> ASGIApp:
        """The fault around an app that takes these keys, remembering nothing of any other app."""
        change = self.change if self.remembers is None else partial(self.change, memory=self.remembers())
        wrong = self.wrap(change, app, keys)

        async def installed(scope: Scope, receive: Receive, send: Send) -> None:
            await (wrong if self._touches(scope) else app)(scope, receive, send)

        return installed

    def _touches(self, scope: Scope) -> bool:
        if scope["type"] != "http":
            return False
        if self.at is None:
            return True
        operation = find_operation(scope["method"], scope["path"])
        return operation is not None and operation.id in self.at

    def document(self) -> dict[str, Any]:
        """All that is known of the fault, as JSON."""
        return {
            "name": self.name,
            "summary": self.summary,
            "kind": self.kind,
            "area": self.area,
            "topic": self.topic,
            "at": list(operation_ids() if self.at is None else self.at),
            "breaks": list(self.breaks),
            "rows": list(self.rows),
        }


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


def on_events(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the events of a stream, each as it comes: an asynchronous generator from events to events.

    An event is a chunk (or error) as a dict, or `DONE`; bytes that are yielded go on the wire as they are.
    """
    return _declare("on_events", change_events, at, breaks, rows)


def on_bytes(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the bytes of a stream (events or lines): an asynchronous generator from pieces to pieces."""
    return _declare("on_bytes", change_bytes, at, breaks, rows)


def on_messages(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the ASGI messages of a stream, their timing above all: an asynchronous generator."""
    return _declare("on_messages", change_messages, at, breaks, rows)


def on_receive(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Changes the ASGI messages that the server receives, `http.disconnect` among them: an asynchronous generator."""
    return _declare("on_receive", change_receiving, at, breaks, rows)


def on_connection(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Closes the connection in place of answering where the function says so: `(Request) -> bool`."""
    return _declare("on_connection", hang_up, at, breaks, rows)


def on_silence(*, at: At, breaks: Ids, rows: Ids = ()) -> Declare:
    """Gives no answer, and keeps the connection, where the function says so: `(Request) -> bool`."""
    return _declare("on_silence", say_nothing, at, breaks, rows)


def _declare(
    kind: str, wrap: _Wrap, at: At, breaks: Ids, rows: Ids, remembers: Memory | None = None, *, inner: bool = False
) -> Declare:
    """The decorator that makes a fault of a function. Raises `ValueError` for an operation that there is not."""
    named = None if at == EVERY else (at,) if isinstance(at, str) else at
    for operation in named or ():
        if operation not in operation_ids():
            raise ValueError(f"the contract has no operation {operation}")

    def declare(change: Change) -> Fault:
        summary = inspect.cleandoc(change.__doc__ or "").partition("\n")[0]
        if not summary:
            raise TypeError(f"the fault {change.__name__} does not say how it is wrong")
        # A module of its own below the package is an area with one topic.
        place = change.__module__.removeprefix(f"{_PACKAGE}.").split(".")
        return Fault(
            name=change.__name__.replace("_", "-"),
            summary=summary,
            kind=kind,
            area=place[0],
            topic=place[min(1, len(place) - 1)],
            at=named,
            breaks=breaks,
            rows=rows,
            inner=inner,
            change=change,
            wrap=wrap,
            remembers=remembers,
        )

    return declare
