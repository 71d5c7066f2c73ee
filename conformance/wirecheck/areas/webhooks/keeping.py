"""How webhook endpoints are made, to be followed as everything is that is kept: nothing is sent to them."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.webhooks.probes.endpoints import has_webhooks, make

KEEPINGS = (Keeping("listWebhookEndpoints", has_webhooks, make, quick=False),)
