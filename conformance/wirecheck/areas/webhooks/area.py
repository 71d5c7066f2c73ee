"""Webhooks: endpoints that are told of events, their secrets, and what became of each delivery."""

from __future__ import annotations

from typing import Any

from wirecheck.area import Area, Claim, Feature, Setting, Sweeping
from wirecheck.areas.webhooks.asking import NEVER, NOWHERE
from wirecheck.areas.webhooks.probes.endpoints import has_webhooks
from wirecheck.areas.webhooks.steps import SETTING
from wirecheck.contract.document import document

_OWN = r"(id|object|created_at|name|url|event_types)(\..*)?"


def _without_url(body: Any) -> Any:
    """A request without its URL: only a server can tell whether it sends anything to one."""
    return {name: value for name, value in body.items() if name != "url"} if isinstance(body, dict) else body


def _to_nobody(body: dict[str, Any]) -> dict[str, Any]:
    """A request that leads nowhere, and wants no type of events that there is: the rest stays as it is."""
    body = dict(body)
    if document().validator("WebhookUrl").is_valid(body.get("url")):
        body["url"] = NOWHERE
    types = body.get("event_types")
    if types is None:
        body["event_types"] = [NEVER]
    elif document().validator("WebhookEventPatterns").is_valid(types):
        body["event_types"] = [NEVER if each == "*" else each for each in types]
    return body


AREA = Area(
    "webhooks",
    features=(Feature("webhooks", "events that are delivered to webhook endpoints", has_webhooks),),
    claims=(
        Claim("WebhookEndpoint", rf"|{_OWN}", "endpoint"),
        Claim("WebhookEndpoint", r".*", "more of an endpoint"),
        Claim("WebhookEndpointWithSecret", r"signing_secret(\..*)?", "secret"),
        Claim("WebhookEndpointWithSecret", rf"|{_OWN}", "endpoint"),
        Claim("WebhookEndpointWithSecret", r".*", "more of an endpoint"),
        Claim("WebhookEndpointList", rf"data\.\d+(\.{_OWN})?", "endpoint"),
        Claim("WebhookEndpointList", r"data\.\d+\..*", "more of an endpoint"),
        Claim("WebhookEndpointList", r".*", "endpoint list"),
        Claim("WebhookEndpointDeleted", r".*", "endpoint deletion"),
        Claim("WebhookDelivery", r".*", "delivery"),
        Claim("WebhookDeliveryList", r"data\.\d+(\..*)?", "delivery"),
        Claim("WebhookDeliveryList", r".*", "delivery list"),
        Claim("WebhookTestResult", r".*", "sample"),
        Claim("WebhookEventTypeList", r".*", "event types"),
    ),
    settings=(
        Setting(
            SETTING, "count", "seconds within which a webhook is attempted, and attempted again; 30 where left out"
        ),
    ),
    sweeping=(
        Sweeping("createWebhookEndpoint", plain=_without_url, cheap=_to_nobody),
        Sweeping("updateWebhookEndpoint", plain=_without_url, cheap=_to_nobody),
        Sweeping("testWebhookEndpoint", depends=True),
    ),
)
