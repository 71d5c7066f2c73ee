"""The answers that show webhook endpoints and deliveries, and what could tell a secret. Knows no sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.http.pools import answered
from wirecheck.areas.webhooks.probes import deliveries, endpoints, samples
from wirecheck.areas.webhooks.reading import secret_of
from wirecheck.asking.probe import Probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool, Records

TELLING: Final = ("createWebhookEndpoint", "rotateWebhookSecret")
"""The operations whose answers tell a secret."""


@dataclass(frozen=True)
class Silent:
    """An answer that is to tell no secret, and those that the run knows."""

    answer: Exchange
    secrets: frozenset[str]


def _taken(it: Exchange) -> bool:
    return answered(it) and 200 <= (it.status or 0) < 300


def _shows(name: str, fed_by: tuple[Probe[Any], ...], *components: str) -> Pool:
    return Pool(name, lambda it: _taken(it) and shape.component_of(it) in components, fed_by)


def _silent(exchanges: Sequence[Exchange]) -> Iterator[Silent]:
    mine = [each for each in exchanges if each.operation is not None and "webhooks" in each.operation.tags]
    telling = [each for each in mine if each.operation is not None and each.operation.id in TELLING]
    secrets = frozenset(secret for each in telling if (secret := secret_of(each)))
    yield from (Silent(each, secrets) for each in mine if each not in telling and _taken(each) and secrets)


_SHOWN: Final = (endpoints.listed, endpoints.shown)
every_endpoint = _shows(
    "webhook endpoint", _SHOWN, "WebhookEndpoint", "WebhookEndpointWithSecret", "WebhookEndpointList"
)
every_list = _shows("list of webhook endpoints", _SHOWN, "WebhookEndpointList")
every_deletion = _shows("deletion of a webhook endpoint", _SHOWN, "WebhookEndpointDeleted")
every_type_list = _shows("list of types of events", _SHOWN, "WebhookEventTypeList")
every_delivery = _shows("delivery", (deliveries.life,), "WebhookDelivery", "WebhookDeliveryList")
every_delivery_list = _shows("list of deliveries", (deliveries.life,), "WebhookDeliveryList")
every_sample = _shows("answer to a sample", (samples.tested,), "WebhookTestResult")
every_secret = Pool(
    "secret of a webhook endpoint",
    lambda it: _taken(it) and it.operation is not None and it.operation.id in TELLING,
    _SHOWN,
)
every_silent = Records("answer that is to tell no secret", _silent, _SHOWN)
