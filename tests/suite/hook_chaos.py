"""Seeded nonsense of the kinds that servers with events and webhooks send: answers, and what they deliver."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any, Final

from standardwebhooks.webhooks import Webhook
from wirecheck.areas.events.asking import EVENTS
from wirecheck.areas.files.asking import FILES
from wirecheck.areas.webhooks.asking import ENDPOINTS, EVENT_TYPES
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Chunk, Exchange, Intent, Request

from tests.suite.chaos import encoded, mutated
from tests.suite.exchanges import SENT

_SECRETS: Final = ("whsec_" + "YWJj" * 8, "whsec_" + "eHl6" * 8)
_TYPE: Final = "batch.completed"
_EVENT: Final = {"id": "evt_1", "object": "event", "created_at": 7, "type": _TYPE, "data": {"id": "batch_1"}}
_ENDPOINT: Final = {
    "id": "we_1",
    "object": "webhook_endpoint",
    "name": "wirecheck",
    "url": "https://example.com/wirecheck",
    "event_types": ["*"],
    "status": "enabled",
    "disabled_reason": None,
    "signing_secret_hint": "abc",
    "created_at": 7,
    "updated_at": 7,
}
_DELIVERY: Final = {
    "id": "whd_1",
    "object": "webhook_delivery",
    "created_at": 7,
    "endpoint_id": "we_1",
    "event_id": "evt_1",
    "event_type": _TYPE,
    "status": "succeeded",
    "next_attempt_at": None,
    "attempts": [{"attempted_at": 7, "status_code": 204, "error": None, "duration_ms": 3}] * 2,
}
_DELETED: Final = {"id": "we_1", "object": "webhook_endpoint.deleted", "deleted": True}
_TESTED: Final = {"object": "webhook_test.result", "status_code": 202, "event_id": "evt_1", "delivery_id": "whd_1"}
_TYPES: Final = {"object": "list", "data": [{"id": _TYPE, "object": "webhook_event_type"}], "has_more": False}


def _page(entry: dict[str, Any]) -> dict[str, Any]:
    return {"object": "list", "data": [entry], "first_id": entry["id"], "last_id": entry["id"], "has_more": False}


def exchange(random: Random) -> Exchange:
    """A request for events, endpoints or deliveries, and some success."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    made = {**_ENDPOINT, "signing_secret": random.choice(_SECRETS)}
    gone = {**_ENDPOINT, "status": "disabled", "disabled_reason": "gone"}
    one, deliveries = f"{ENDPOINTS}/we_1", f"{ENDPOINTS}/we_1/deliveries"
    asks: tuple[tuple[str, str, Any], ...] = (
        *[("POST", EVENTS, _EVENT)] * 3,
        ("GET", f"{EVENTS}/evt_1", _EVENT),
        ("POST", FILES, {"id": "batch_1", "object": "file"}),
        ("GET", EVENTS, _page(_EVENT)),
        *[("POST", ENDPOINTS, made)] * 3,
        ("POST", one, random.choice((_ENDPOINT, gone))),
        ("GET", one, random.choice((_ENDPOINT, gone))),
        ("GET", ENDPOINTS, _page(_ENDPOINT)),
        ("DELETE", one, _DELETED),
        ("POST", f"{one}/rotate_secret", made),
        ("POST", f"{one}/test", _TESTED),
        ("GET", EVENT_TYPES, _TYPES),
        ("GET", deliveries, _page(_DELIVERY)),
        ("GET", f"{deliveries}/whd_1", _DELIVERY),
        ("POST", f"{deliveries}/whd_1/redeliver", {**_DELIVERY, "id": "whd_2", "status": "pending"}),
    )
    method, path, document = random.choice(asks)
    status = random.choice((200, 200, 200, 202, 202, 400, 404, 409, 422, 500))
    sent = encoded({"url": "https://example.com/wirecheck", "event_types": [_TYPE], "event_id": "evt_1"}).encode()
    request = Request(method, path, f"http://host{path}", (), sent if method == "POST" else b"")
    chunks = (Chunk(0.1, encoded(mutated(random, document, rate)).encode()),)
    headers = (("content-type", "application/json"),)
    return Exchange(request, status, headers, chunks, "complete", "", 0.2, SENT, Intent("test", "a case"))


def arrival(random: Random) -> Arrival:
    """A delivery of the event, signed with one of the secrets, or not quite."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1))
    body = encoded(mutated(random, _EVENT, rate))
    time = random.choice((int(SENT), int(SENT) + 3, 0))
    signature = Webhook(random.choice(_SECRETS)).sign("evt_1", datetime.fromtimestamp(time, UTC), body)
    headers = (
        ("Content-Type", random.choice(("application/json", "text/plain"))),
        ("webhook-id", random.choice(("evt_1", "evt_1", "evt_2", "²"))),
        ("webhook-timestamp", random.choice((str(time), str(time), "soon", "9" * 5000, "²"))),
        ("webhook-signature", random.choice((signature, f"v1a,x {signature}", "v1,", "", "²"))),
    )
    some = tuple(each for each in headers if random.random() < 0.95)
    request = Request(random.choice(("POST", "POST", "GET")), "/hook", "http://host/hook", some, body.encode())
    return Arrival(request, random.choice((204, 204, 500, 307, 410, 429)), SENT + random.random(), random.random())
