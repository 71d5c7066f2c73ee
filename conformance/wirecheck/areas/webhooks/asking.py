"""Webhook endpoints: where they stand, and how they are made and looked at."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from wirecheck.asking.draft import OWN, Draft
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent

ENDPOINTS: Final = "/v1/webhook_endpoints"
EVENT_TYPES: Final = "/v1/webhook_event_types"

ANYWHERE: Final = "https://example.com/wirecheck"
"""The URL of endpoints to which nothing is to be sent: an address that any server takes (RFC 2606)."""

NOWHERE: Final = "https://wirecheck.invalid/hook"
"""A URL that is valid, and leads nowhere (RFC 6761 section 6.4)."""

NEVER: Final = "wirecheck.never"
"""A type of events that nobody tells of."""


def create(url: str, case: str, key: str | None = OWN, **fields: Any) -> Draft:
    """The request for an endpoint."""
    return Draft("POST", ENDPOINTS, {"url": url, **fields}, key=key, intent=Intent("", case=case))


def path_of(made: Exchange) -> str | None:
    """The path of the endpoint that was made, None where none was."""
    id_ = made.at("id")
    taken = 200 <= (made.status or 0) < 300 and isinstance(id_, str) and id_
    return f"{ENDPOINTS}/{quote(id_, safe='')}" if taken else None


async def one_of(asker: Asker, path: str, case: str = "") -> Exchange:
    """What is at a path."""
    return await asker.send(Draft("GET", path, intent=Intent("", case=case)))
