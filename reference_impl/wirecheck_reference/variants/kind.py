"""What a legal variant is, and how one is declared: as a fault is, with the source that allows it in place of ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from starlette.types import ASGIApp

from wirecheck_reference.faults.kinds.alteration import EVERY, Alteration, At, Memory, Wrap, described, places
from wirecheck_reference.faults.kinds.answers import (
    change_answer,
    change_document,
    change_documents,
    change_error,
    change_head,
)
from wirecheck_reference.faults.kinds.deliveries import SEEN, SENT, change_sending
from wirecheck_reference.faults.kinds.exchange import Change
from wirecheck_reference.faults.kinds.parts import Keys
from wirecheck_reference.faults.kinds.requests import change_request
from wirecheck_reference.faults.kinds.streams import change_bytes, change_events, change_messages

CHAT: Final = "createChatCompletion"

Declare: TypeAlias = Callable[[Change], "Variant"]


@dataclass(frozen=True, slots=True)
class Variant(Alteration):
    """The reference server with one thing otherwise, and as right: `source` says by which published word."""

    source: str

    def document(self) -> dict[str, Any]:
        """All that is known of the variant, as JSON."""
        # Not `super()`: a dataclass with slots is another class than the one that this function was written in.
        return {**Alteration.document(self), "source": self.source}


class Kind(Protocol):
    """A decorator that makes a variant of a function: where it is at work, and what allows it."""

    def __call__(
        self, source: str, *, at: At = ..., takes: Change | None = None, remembers: Memory | None = None
    ) -> Declare:
        """What `remembers` makes is handed to the function as `memory`: one for each server that has the variant.

        `takes` changes requests, as `on_request` does: who answers otherwise may have to be asked otherwise.
        """
        ...


def _kind(name: str, wrap: Wrap, everywhere: At, *, inner: bool = False, watches: tuple[str, ...] = ()) -> Kind:
    def on(
        source: str, *, at: At = everywhere, takes: Change | None = None, remembers: Memory | None = None
    ) -> Declare:
        named = places(at)

        def both(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
            return wrap(change, app if takes is None else change_request(takes, app, keys), keys)

        def declare(change: Change) -> Variant:
            return Variant(
                **described(change, "wirecheck_reference.variants"),
                kind=name,
                at=named,
                source=source,
                inner=inner,
                change=change,
                wrap=both,
                remembers=remembers,
                watches=watches,
            )

        return declare

    return on


# What each changes, and the form of its function, stands in `faults.kinds.fault` under the same name.
on_request: Final = _kind("on_request", change_request, EVERY, inner=True)
on_answer: Final = _kind("on_answer", change_answer, EVERY)
on_json: Final = _kind("on_json", change_document, CHAT)
on_documents: Final = _kind("on_documents", change_documents, CHAT)
on_error: Final = _kind("on_error", change_error, EVERY)
on_headers: Final = _kind("on_headers", change_head, EVERY)
on_events: Final = _kind("on_events", change_events, CHAT)
on_bytes: Final = _kind("on_bytes", change_bytes, CHAT)
on_messages: Final = _kind("on_messages", change_messages, CHAT)
on_sending: Final = _kind("on_sending", change_sending, SENT, watches=SEEN)
