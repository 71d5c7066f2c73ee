"""How webhook endpoints and deliveries are made, to be followed as everything is that is kept: nobody hears them."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.webhooks.probes import deliveries, endpoints

KEEPINGS = (
    Keeping("listWebhookEndpoints", endpoints.has_webhooks, endpoints.make, quick=False),
    Keeping(
        "listWebhookDeliveries",
        deliveries.has_deliveries,
        deliveries.make,
        within=deliveries.inside,
        requests=7,
        quick=False,
    ),
)
