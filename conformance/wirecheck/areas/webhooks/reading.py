"""Endpoints, what came to them, and how it is signed. Sends nothing."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange, at, items

PREFIX: Final = "whsec_"
# What the secret of an endpoint has at least and at most, in bytes.
_BYTES: Final = range(24, 65)


@dataclass(frozen=True)
class Heard:
    """An endpoint of the run's, and what came there, in order."""

    made: Exchange
    arrivals: tuple[Arrival, ...]

    @property
    def secret(self) -> str:
        """The secret that it was made with; empty where none was told."""
        return secret_of(self.made)

    @property
    def types(self) -> list[str]:
        """The types of events that it was made for."""
        return [str(each) for each in items(self.made.request.json, "event_types")]

    def of(self, told: Exchange) -> tuple[Arrival, ...]:
        """What came there of an event: by its id in the body, or in the header."""
        return arrived(self.arrivals, told)


def arrived(arrivals: Iterable[Arrival], told: Exchange) -> tuple[Arrival, ...]:
    """Those of what came that are of an event."""
    id_ = told.at("id")
    return tuple(each for each in arrivals if id_ in (each.header("webhook-id"), at(each.json, "id")))


def secret_of(answer: Exchange) -> str:
    """The secret that an answer tells; empty where it tells none."""
    told = answer.at("signing_secret")
    return told if isinstance(told, str) else ""


def is_secret(text: str) -> bool:
    """Whether a text is a secret as Standard Webhooks has it: `whsec_` and the Base64 of 24 to 64 bytes."""
    try:
        return text.startswith(PREFIX) and len(b64decode(text.removeprefix(PREFIX), validate=True)) in _BYTES
    except ValueError:
        return False


def is_signed(arrival: Arrival, secret: str) -> bool:
    """Whether one of the signatures of what came is that of its bytes, its id and its timestamp with a secret."""
    id_, time, signatures = [arrival.header(f"webhook-{name}") for name in ("id", "timestamp", "signature")]
    if not secret or id_ is None or time is None or signatures is None:
        return False
    try:
        when = datetime.fromtimestamp(int(time), UTC)
        wanted = Webhook(secret).sign(id_, when, arrival.request.body.decode())
    except (ValueError, OverflowError, OSError, EmptyWebhookSecretError):
        return False
    return wanted in signatures.split(" ")


def delivery_of(page: Exchange, told: Exchange) -> Any:
    """The delivery of an event on a page of them; None where there is none."""
    mine = (each for each in items(page.json, "data") if at(each, "event_id") == told.at("id"))
    return next(mine, None)
