"""POST and GET /v1/webhook_endpoints, and what is below. Knows nothing of how an event is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, get_args

from fastapi import APIRouter, Depends, Query
from wirecheck_contract.models import (
    BatchEventType,
    FileEventType,
    WebhookEndpointChange,
    WebhookEndpointCreateRequest,
    WebhookRotationRequest,
    WebhookTestRequest,
)
from wirecheck_contract.params import ListWebhookDeliveriesParametersQuery, ListWebhookEndpointsParametersQuery

from wirecheck_reference.creating import FromOnce, digest_of
from wirecheck_reference.errors import ApiError, invalid_value
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import Answer, JsonAnswer
from wirecheck_reference.jobs.targets import Forbidden
from wirecheck_reference.services import ADMITTED, FromCaller, FromClock, FromDatabase, FromServices, Services
from wirecheck_reference.store.deliveries import Deliveries, shown
from wirecheck_reference.store.pages import Cut
from wirecheck_reference.store.webhooks import Endpoints

router = APIRouter(prefix="/v1", route_class=Operation, dependencies=[ADMITTED])

Document = Mapping[str, Any]
_TYPES: Final = [*get_args(BatchEventType.__value__), *get_args(FileEventType.__value__)]
_TEST: Final = "webhook_endpoint.test"
_DAY: Final = 24 * 3600


def own(database: FromDatabase, caller: FromCaller, clock: FromClock) -> Endpoints:
    """What the caller keeps, now."""
    return Endpoints(database, caller.tenant, int(clock()))


def inside(webhook_endpoint_id: str, database: FromDatabase, caller: FromCaller, clock: FromClock) -> Deliveries:
    """What is sent to an endpoint of the caller's, now."""
    return Deliveries(database, caller.tenant, webhook_endpoint_id, int(clock()))


FromEndpoints = Annotated[Endpoints, Depends(own)]
FromDeliveries = Annotated[Deliveries, Depends(inside)]


@router.get("/webhook_event_types")
async def list_webhook_event_types() -> dict[str, Any]:
    """What the server tells of by itself."""
    return {"object": "list", "data": _TYPES}


@router.post("/webhook_endpoints")
async def create_webhook_endpoint(
    request: Annotated[Document, json_document(WebhookEndpointCreateRequest)],
    endpoints: FromEndpoints,
    services: FromServices,
    once: FromOnce,
) -> dict[str, Any] | Answer:
    """Keeps one, and shows its secret."""
    digest = digest_of(request)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest)
        await _look(services, request["url"])
        return await endpoints.make(request, attempt.also(digest))


@router.get("/webhook_endpoints")
async def list_webhook_endpoints(
    endpoints: FromEndpoints, query: Annotated[ListWebhookEndpointsParametersQuery, Query()]
) -> dict[str, Any]:
    """A page of them, the newest first. 400 for an `after` that none of them has."""
    cut = Cut(given(query.after), query.limit, descending=query.order != "asc")
    return (await endpoints.page(cut)).document(endpoints.shown)


@router.get("/webhook_endpoints/{webhook_endpoint_id}")
async def get_webhook_endpoint(webhook_endpoint_id: str, endpoints: FromEndpoints) -> dict[str, Any]:
    """One of them."""
    return await endpoints.get(webhook_endpoint_id)


@router.post("/webhook_endpoints/{webhook_endpoint_id}")
async def update_webhook_endpoint(
    webhook_endpoint_id: str,
    change: Annotated[Document, json_document(WebhookEndpointChange)],
    endpoints: FromEndpoints,
    services: FromServices,
) -> dict[str, Any]:
    """One of them with what was sent."""
    if "url" in change:
        await endpoints.get(webhook_endpoint_id)
        await _look(services, change["url"])
    return await endpoints.change(webhook_endpoint_id, change)


@router.delete("/webhook_endpoints/{webhook_endpoint_id}")
async def delete_webhook_endpoint(webhook_endpoint_id: str, endpoints: FromEndpoints) -> dict[str, Any]:
    """Deletes one of them, and its deliveries."""
    await endpoints.delete(webhook_endpoint_id)
    return {"id": webhook_endpoint_id, "object": "webhook_endpoint.deleted", "deleted": True}


@router.post("/webhook_endpoints/{webhook_endpoint_id}/rotate_secret")
async def rotate_webhook_secret(
    webhook_endpoint_id: str,
    request: Annotated[Document, json_document(WebhookRotationRequest)],
    endpoints: FromEndpoints,
    once: FromOnce,
) -> dict[str, Any] | Answer:
    """One of them with another secret, which is shown."""
    digest = digest_of(request)
    seconds = request.get("expires_in", _DAY if request.get("keep_old_secret_active_for_24_hours") else 0)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest)
        return await endpoints.rotate(webhook_endpoint_id, int(seconds), attempt.also(digest))


@router.post("/webhook_endpoints/{webhook_endpoint_id}/test")
async def test_webhook_endpoint(
    webhook_endpoint_id: str,
    request: Annotated[Document, json_document(WebhookTestRequest)],
    deliveries: FromDeliveries,
    services: FromServices,
) -> dict[str, Any]:
    """What one of them answers to a sample. 400 where it does not."""
    type_ = request.get("event_type", _TEST)
    deliverer = services.deliverer
    id_ = await deliveries.sample(type_, deliverer.until)
    outcome = await deliverer.attempt(id_)
    if outcome is None or outcome.status is None:
        why = "it is disabled" if outcome is None else outcome.error
        raise ApiError(400, "endpoint_unreachable", f"The webhook endpoint did not answer: {why}.")
    return {
        "object": "webhook_endpoint.test",
        "event_type": type_,
        "status_code": outcome.status,
        "success": True,
        "webhook_endpoint_id": webhook_endpoint_id,
        "delivery_id": id_,
    }


@router.get("/webhook_endpoints/{webhook_endpoint_id}/deliveries")
async def list_webhook_deliveries(
    deliveries: FromDeliveries, query: Annotated[ListWebhookDeliveriesParametersQuery, Query()]
) -> dict[str, Any]:
    """A page of what was sent to one of them, the newest first."""
    cut = Cut(given(query.after), query.limit, descending=query.order != "asc")
    return (await deliveries.page(cut, given(query.status))).document(shown)


@router.get("/webhook_endpoints/{webhook_endpoint_id}/deliveries/{delivery_id}")
async def get_webhook_delivery(delivery_id: str, deliveries: FromDeliveries) -> dict[str, Any]:
    """What became of an event on its way to one of them."""
    return shown(await deliveries.get(delivery_id))


@router.post("/webhook_endpoints/{webhook_endpoint_id}/deliveries/{delivery_id}/redeliver")
async def redeliver_webhook_delivery(delivery_id: str, deliveries: FromDeliveries, once: FromOnce) -> Answer:
    """Has an event delivered once more."""
    digest = digest_of(delivery_id)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest, 202)
        return JsonAnswer(shown(await deliveries.again(delivery_id, attempt.also(digest))), status=202)


async def _look(services: Services, url: str) -> None:
    """Raises `ApiError` (400) for a URL that nothing may be sent to."""
    try:
        await services.deliverer.targets.check(url)
    except Forbidden:
        # Not which address it is: a name may be known on the inside alone.
        raise invalid_value("Nothing may be sent to where this URL leads.", "url") from None
