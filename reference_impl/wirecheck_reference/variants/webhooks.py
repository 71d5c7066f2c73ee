"""Webhooks sent and told otherwise: more signatures, headers and fields, other bytes, or none at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.deliveries import Sending
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.jobs.posting import Outcome
from wirecheck_reference.variants.kind import on_error, on_json, on_request, on_sending

_ALL: Final = (
    *("createWebhookEndpoint", "listWebhookEndpoints", "getWebhookEndpoint", "updateWebhookEndpoint"),
    *("deleteWebhookEndpoint", "rotateWebhookSecret", "testWebhookEndpoint", "listWebhookEventTypes"),
    *("listWebhookDeliveries", "getWebhookDelivery", "redeliverWebhookDelivery"),
)
# Ed25519 of nobody's key: who knows `v1` alone reads past it.
_OTHER: Final = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
_STANDARD: Final = "Standard Webhooks 1.0"
_SDK: Final = "openai-python types/webhooks (fields that it does not know are kept)"


def _things(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The things of a list, or the one thing."""
    yield from document.get("data", [document])


@on_request("vLLM documentation, OpenAI-compatible server (it has no webhooks)", at=_ALL)
def has_no_webhooks(request: Request) -> Answer:
    """Has no place for webhook endpoints."""
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is no such path.").document()
    return answer


@on_sending(f"{_STANDARD}, section 'Signature scheme' (several signatures, `v1a` among them)")
async def signs_in_two_ways(sending: Sending) -> Outcome:
    """Puts an asymmetric signature before the one that everybody knows."""
    signature = f"{_OTHER} {sending.post.headers['webhook-signature']}"
    return await sending.send(sending.with_headers(webhook_signature=signature))


@on_sending(f"{_STANDARD}, section 'Webhook headers' (more headers may be sent)")
async def says_more_in_headers(sending: Sending) -> Outcome:
    """Sends headers of its own, and names the encoding of the body."""
    own = {"webhook_topic": sending.event["type"], "svix_id": sending.event["id"]}
    return await sending.send(sending.with_headers(content_type="application/json; charset=utf-8", **own))


@on_sending("RFC 8259 section 2 (space between the tokens of JSON means nothing)")
async def writes_events_in_lines(sending: Sending) -> Outcome:
    """Writes the body of each attempt with line breaks and spaces."""
    return await sending.send(sending.signed(indent=2))


@on_json(_SDK, at=("listWebhookDeliveries", "getWebhookDelivery"))
def says_more_of_deliveries(document: dict[str, Any]) -> None:
    """Tells of each delivery, and of each attempt, more than anybody knows."""
    for each in _things(document):
        each["region"] = "eu"
        for attempt in each["attempts"]:
            attempt["response_headers"] = {}


@on_json(_SDK, at=("listWebhookEndpoints", "getWebhookEndpoint", "createWebhookEndpoint", "updateWebhookEndpoint"))
def says_little_of_endpoints(document: dict[str, Any]) -> None:
    """Tells of an endpoint what the SDKs know of it, and a field of its own."""
    for each in _things(document):
        for name in ("updated_at", "description", "signing_secret_hint"):
            each.pop(name, None)
        each["project_id"] = "proj_1"


@on_error("RFC 9110 section 15.5.21 (422)", at=("createWebhookEndpoint", "updateWebhookEndpoint"))
def cannot_send_there(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses addresses that nothing is sent to with 422."""
    if answer.status == 400 and envelope["error"]["param"] == "url":
        answer.status = 422
