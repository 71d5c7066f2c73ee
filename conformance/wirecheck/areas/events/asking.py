"""Events: where they stand, and how a client tells of one. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from wirecheck.asking.draft import Draft
from wirecheck.evidence.exchange import Exchange, Intent

EVENTS: Final = "/v1/events"

PAGE: Final = 100
"""Entries of a list: the newest come first, and all may be too many."""


def tell(type_: str, data: Mapping[str, Any], case: str, event_id: str | None = None) -> Draft:
    """The request of a client that tells of an event."""
    named = {} if event_id is None else {"event_id": event_id}
    return Draft("POST", EVENTS, {**named, "event_type": type_, "event_data": data}, intent=Intent("", case=case))


def look(id_: str) -> Draft:
    """The request for one event."""
    return Draft("GET", f"{EVENTS}/{quote(id_, safe='')}")


def page(*types: str) -> Draft:
    """The request for the newest events of some types."""
    query = urlencode([*(("type", each) for each in types), ("limit", str(PAGE))])
    return Draft("GET", f"{EVENTS}?{query}")


def id_of(told: Exchange) -> str | None:
    """The id of the event that was taken, None where none was."""
    id_ = told.at("id")
    return id_ if 200 <= (told.status or 0) < 300 and isinstance(id_, str) and id_ else None
