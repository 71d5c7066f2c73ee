"""Webhook endpoints, events and deliveries as tests ask for them."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

import httpx2

from tests.reference.child import Child, until

ENDPOINTS: Final = "/v1/webhook_endpoints"
EVENTS: Final = "/v1/events"
# Deliveries to this machine, attempted again at once.
SOON: Final = (
    *("--webhook-private-targets", "--webhook-first-pause-seconds", "0.02", "--webhook-most-pause-seconds", "1"),
    *("--webhook-attempts", "3", "--webhook-timeout-seconds", "1"),
)


def as_(key: str) -> dict[str, str]:
    """The headers of a caller."""
    return {"authorization": f"Bearer {key}"}


def asked(server: Child, method: str, path: str, body: Any = None, key: str = "right", **headers: str) -> Any:
    """The document of a good answer."""
    answer = sent(server, method, path, body, key, **headers)
    assert answer.status_code in (200, 202), answer.text
    return answer.json()


def sent(
    server: Child, method: str, path: str, body: Any = None, key: str = "right", **headers: str
) -> httpx2.Response:
    """An answer."""
    return server.client.request(method, path, json=body, headers={**as_(key), **headers})


def made(server: Child, url: str, key: str = "right", **fields: Any) -> dict[str, Any]:
    """A new endpoint, with its secret."""
    endpoint: dict[str, Any] = asked(server, "POST", ENDPOINTS, {"url": url, **fields}, key)
    return endpoint


def told(server: Child, type_: str, data: dict[str, Any] | None = None, key: str = "right", **fields: Any) -> Any:
    """A new event."""
    return asked(server, "POST", EVENTS, {"event_type": type_, "event_data": data or {}, **fields}, key)


def deliveries(server: Child, endpoint: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    """The deliveries to an endpoint, the newest first."""
    found: list[dict[str, Any]] = asked(server, "GET", f"{ENDPOINTS}/{endpoint['id']}/deliveries{query}")["data"]
    return found


def over(server: Child, endpoint: dict[str, Any]) -> dict[str, Any]:
    """The newest delivery to an endpoint, once it is over."""
    until(lambda: all(each["status"] != "pending" for each in deliveries(server, endpoint)), 20)
    return deliveries(server, endpoint)[0]


def new_type() -> str:
    """A type of events that nobody else has."""
    return f"t{uuid4().hex}.made"
