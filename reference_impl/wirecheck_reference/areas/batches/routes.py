"""POST and GET /v1/batches, and what is below. Knows nothing of how a batch is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from wirecheck_contract.models import BatchCreateRequest
from wirecheck_contract.params import ListBatchesParametersQuery

from wirecheck_reference.creating import FromOnce, digest_of
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import Answer
from wirecheck_reference.services import ADMITTED, FromCaller, FromClock, FromContents, FromDatabase, FromServices
from wirecheck_reference.store.batches import Batches
from wirecheck_reference.store.pages import Cut, kept

router = APIRouter(prefix="/v1/batches", route_class=Operation, dependencies=[ADMITTED])

Document = Mapping[str, Any]


def own(database: FromDatabase, contents: FromContents, caller: FromCaller, clock: FromClock) -> Batches:
    """What the caller keeps, now."""
    return Batches(database, contents, caller.tenant, int(clock()))


FromBatches = Annotated[Batches, Depends(own)]


@router.post("")
async def create_batch(
    request: Annotated[Document, json_document(BatchCreateRequest)],
    batches: FromBatches,
    caller: FromCaller,
    services: FromServices,
    once: FromOnce,
) -> dict[str, Any] | Answer:
    """Keeps one, which is worked on from then on."""
    digest = digest_of(request)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest)
        window = services.settings.batch_window_seconds
        row = await batches.begin(request, window, caller.scopes, attempt.also(digest))
    await services.jobs.add(row.id)
    return row.document


@router.get("")
async def list_batches(batches: FromBatches, query: Annotated[ListBatchesParametersQuery, Query()]) -> dict[str, Any]:
    """A page of them, the newest first. 400 for an `after` that none of them has."""
    return (await batches.page(Cut(given(query.after), query.limit, descending=True))).document(kept)


@router.get("/{batch_id}")
async def get_batch(batch_id: str, batches: FromBatches) -> dict[str, Any]:
    """One of them."""
    return (await batches.get(batch_id)).document


@router.post("/{batch_id}/cancel")
async def cancel_batch(batch_id: str, batches: FromBatches) -> dict[str, Any]:
    """One of them, that comes to its end."""
    return (await batches.cancel(batch_id)).document
