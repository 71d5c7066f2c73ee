"""What holds for all that is kept, by the official SDK for Python: listed, deleted, one key's alone, made once.

A call looks at what it made itself, and leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from openai import NotFoundError

from tests.clients.drivers.lines import ASKED, Call
from tests.clients.drivers.openai_reading import client

Area = Callable[[Any], Any]
"""The part of an SDK that keeps the things."""
Made = Callable[..., Any]
"""Makes a thing with an SDK; takes more options of a request."""


def after_nobody(area: Area, make: Made, nobody: str) -> Call:
    """The entries of a list behind one that there is not."""

    def made(url: str) -> Any:
        sdk = client(url)
        thing = make(sdk)
        area(sdk).list(limit=1)
        try:
            return len(area(sdk).list(after=nobody).data)
        finally:
            area(sdk).delete(thing.id)

    return made


def own(things: Iterable[Any], made: list[Any]) -> list[int]:
    """The places, among what was made, of what a list shows of it."""
    places = {each.id: place for place, each in enumerate(made)}
    return [places[each.id] for each in things if each.id in places]


def pages(area: Area, make: Made) -> Call:
    """Three things in lists: page by page, in both orders, and not any more once they are deleted."""

    def made(url: str) -> Any:
        sdk = client(url)
        kept = area(sdk)
        things = [make(sdk) for _ in range(3)]
        first = kept.list(limit=2)
        shown = {
            "page": [len(first.data), first.has_next_page()],
            "newest": own(kept.list(limit=2, order="desc"), things),
            "oldest": own(kept.list(limit=2, order="asc"), things),
        }
        for each in things:
            kept.delete(each.id)
        return {**shown, "after": own(kept.list(order="desc"), things)}

    return made


def gone(area: Area, make: Made) -> Call:
    """What was found, and deleted, is asked for again."""

    def made(url: str) -> Any:
        sdk = client(url)
        thing = make(sdk)
        area(sdk).retrieve(thing.id)
        area(sdk).delete(thing.id)
        return area(sdk).retrieve(thing.id).id == thing.id

    return made


def others(area: Area, make: Made, *, listed: bool) -> Call:
    """What one key keeps, and has seen in its list, is asked for with another: found, or not."""

    def made(url: str) -> Any:
        sdk, other = client(url), client(url, ASKED["other_key"])
        thing = make(sdk)
        if listed:
            area(sdk).list(limit=1)
        try:
            found: Any = area(other).retrieve(thing.id).id == thing.id
        except NotFoundError:
            found = "not found"
        area(sdk).delete(thing.id)
        return found

    return made


def others_list(area: Area, make: Made) -> Call:
    """What one key keeps is looked for in the list of another."""

    def made(url: str) -> Any:
        sdk, other = client(url), client(url, ASKED["other_key"])
        thing = make(sdk)
        found = own(area(other).list(), [thing])
        area(sdk).delete(thing.id)
        return found

    return made


def once(area: Area, make: Made) -> Call:
    """The same request with one key of idempotency: twice, and with another caller's key. How many were made."""

    def made(url: str) -> Any:
        sdk, other = client(url), client(url, ASKED["other_key"])
        named = {"extra_headers": {"Idempotency-Key": str(uuid4())}}
        first, second, third = make(sdk, **named), make(sdk, **named), make(other, **named)
        area(sdk).delete(first.id)
        area(other).delete(third.id)
        return [first.id == second.id, _made_at(first) == _made_at(second), first.id == third.id]

    return made


def _made_at(thing: Any) -> Any:
    return getattr(thing, "created_at", None) or thing.created


def common(name: str, area: Area, make: Made, nobody: str, *, listed: bool) -> dict[str, Call]:
    """The calls on things of a kind, by names that begin with its own.

    `nobody` is an id that none of them has; `listed`: the SDK lists them.
    """
    found = {
        f"{name}-deleted": gone(area, make),
        f"{name}-others": others(area, make, listed=listed),
        f"{name}-idempotent": once(area, make),
    }
    lists = {f"{name}-pages": pages(area, make), f"{name}-others-list": others_list(area, make)}
    lists[f"{name}-after-nobody"] = after_nobody(area, make, nobody)
    return found | (lists if listed else {})
