"""POST and GET /v1/events. Knows nothing of who is told of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from wirecheck_contract.models import EventCreateRequest
from wirecheck_contract.params import ListEventsParametersQuery

from wirecheck_reference.creating import FromOnce, digest_of
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import Answer, JsonAnswer
from wirecheck_reference.services import ADMITTED, FromCaller, FromClock, FromDatabase
from wirecheck_reference.store.events import Events
from wirecheck_reference.store.pages import Cut, kept

router = APIRouter(prefix="/v1/events", route_class=Operation, dependencies=[ADMITTED])

Document = Mapping[str, Any]


def own(database: FromDatabase, caller: FromCaller, clock: FromClock) -> Events:
    """What happened to what the caller keeps, and what the caller told of, now."""
    return Events(database, caller.tenant, int(clock()))


FromEvents = Annotated[Events, Depends(own)]


@router.post("")
async def create_event(
    request: Annotated[Document, json_document(EventCreateRequest)], events: FromEvents, once: FromOnce
) -> Answer:
    """Keeps one, which is delivered from then on."""
    digest = digest_of(request)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest, 202)
        return JsonAnswer((await events.tell(request, attempt.also(digest))).document, status=202)


@router.get("")
async def list_events(events: FromEvents, query: Annotated[ListEventsParametersQuery, Query()]) -> dict[str, Any]:
    """A page of them, the newest first. 400 for an `after` that none of them has."""
    cut = Cut(given(query.after), query.limit, descending=query.order != "asc")
    return (await events.page(cut, given(query.type))).document(kept)


@router.get("/{event_id}")
async def get_event(event_id: str, events: FromEvents) -> dict[str, Any]:
    """One of them."""
    return (await events.get(event_id)).document
