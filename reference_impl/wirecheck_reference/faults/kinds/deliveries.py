"""What is changed of the webhooks that the server sends. Knows the endpoints that it was seen to make, and no fault."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from pydantic_core import to_json
from standardwebhooks import Webhook
from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.faults.kinds.answers import change_answer
from wirecheck_reference.faults.kinds.exchange import Change
from wirecheck_reference.faults.kinds.parts import Answer, Keys
from wirecheck_reference.jobs.deliveries import Deliverer
from wirecheck_reference.jobs.posting import Outcome, Post, post_of
from wirecheck_reference.store.delivery_work import Verdict
from wirecheck_reference.store.outbox import wants

SEEN: Final = (
    *("createWebhookEndpoint", "updateWebhookEndpoint", "deleteWebhookEndpoint", "rotateWebhookSecret"),
    "createEvent",
)
"""The operations by which a server is seen to make what it sends to, and what it tells of."""


SENT: Final = "redeliverWebhookDelivery"
"""The operation that has something sent, and does nothing else: what is sent otherwise is otherwise there."""


@dataclass(slots=True)
class Endpoint:
    """An endpoint as it was shown last. `secrets` sign what it is sent; `caller` made it; `off`: it is sent nothing."""

    url: str
    event_types: list[str]
    secrets: list[str]
    caller: str
    off: bool = False


@dataclass(slots=True)
class Known:
    """The endpoints that were made, by id, and how often each event was told of, by id."""

    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def saw(self, answer: Answer) -> None:
        """Takes what an answer tells of them."""
        request, document = answer.request, answer.document
        if not 200 <= answer.status < 300:
            return
        if document["object"] == "event":
            self.told[document["id"]] += 1
        elif document["object"].startswith("webhook_endpoint"):
            self._take(document, request.headers.get("authorization", ""))

    def _take(self, document: dict[str, Any], caller: str) -> None:
        id_ = document["id"]
        if id_ not in self.endpoints:
            self.endpoints[id_] = Endpoint(document["url"], [], [], caller)
        endpoint = self.endpoints[id_]
        endpoint.off = document.get("deleted", False) or document.get("status") == "disabled"
        if "url" in document:
            endpoint.url, endpoint.event_types = document["url"], document["event_types"]
        if "signing_secret" in document:
            kept = endpoint.secrets[:1] if document["previous_secret_expires_at"] else []
            endpoint.secrets = [document["signing_secret"], *kept]


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that the server is to send, and what it could be sent to beside."""

    post: Post
    send: Callable[[Post], Awaitable[Outcome]]
    known: Known

    @property
    def event(self) -> dict[str, Any]:
        """What it tells of."""
        told: dict[str, Any] = json.loads(self.post.body)
        return told

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that it is for."""
        return next(each for each in self.known.endpoints.values() if each.url == self.post.url)

    def others(self) -> Iterator[Endpoint]:
        """All other endpoints, those of other callers and those that are off among them."""
        yield from (each for each in self.known.endpoints.values() if each.url != self.post.url)

    def wanted_by(self, endpoint: Endpoint) -> bool:
        """Whether an endpoint wants the type of the event."""
        return wants(endpoint.event_types, self.event["type"])

    def for_(self, endpoint: Endpoint) -> Post:
        """The same for another endpoint, signed for that."""
        return post_of(self.event, endpoint.url, endpoint.secrets, time.time())

    def signed(
        self, *, at: float | None = None, name: str | None = None, indent: int | None = None, **fields: Any
    ) -> Post:
        """The same at another time, with another `webhook-id`, with other spaces, or with other fields of the event.

        A field that is None is left out. It is signed for that.
        """
        event = {each: value for each, value in {**self.event, **fields}.items() if value is not None}
        body, id_ = to_json(event, indent=indent), name or self.post.headers["webhook-id"]
        time_ = int(self.post.headers["webhook-timestamp"]) if at is None else int(at)
        when = datetime.fromtimestamp(time_, UTC)
        signatures = [Webhook(secret).sign(id_, when, body.decode()) for secret in self.endpoint.secrets]
        told = {"webhook-id": id_, "webhook-timestamp": str(time_), "webhook-signature": " ".join(signatures)}
        return replace(self.post, headers={**self.post.headers, **told}, body=body)

    def with_headers(self, **headers: str) -> Post:
        """The same with other headers, `_` for `-`, and no other signature."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self.post, headers={**self.post.headers, **named})


def change_sending(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:
    """Around the app, a change of each webhook that it sends: `(Sending) -> Outcome`, asynchronous."""
    known = Known()

    def altered(deliverer: Deliverer) -> None:
        send = deliverer.post

        async def post(given: Post) -> Outcome:
            outcome: Outcome = await change(Sending(given, send, known))
            return outcome

        deliverer.post = post

    return _around(altered, change_answer(known.saw, app, keys))


def change_verdict(change: Change, app: ASGIApp, keys: Keys) -> ASGIApp:  # noqa: ARG001 - the signature of all kinds
    """Around the app, a change of what each attempt at a webhook comes to: `(Verdict, Outcome) -> Verdict`."""

    def altered(deliverer: Deliverer) -> None:
        judge = deliverer.verdict

        def verdict(outcome: Outcome, tries: int, now: float) -> Verdict:
            changed: Verdict = change(judge(outcome, tries, now), outcome)
            return changed

        deliverer.verdict = verdict

    return _around(altered, app)


def _around(alter: Callable[[Deliverer], None], app: ASGIApp) -> ASGIApp:
    """An app whose deliverer is altered before it is asked for anything: before that it has nothing to send."""
    seen: list[Deliverer] = []

    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        deliverer = scope["app"].services.deliverer
        if deliverer not in seen:
            seen.append(deliverer)
            alter(deliverer)
        await app(scope, receive, send)

    return changed
