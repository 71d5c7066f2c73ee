"""Chat completions that were kept: list, get, change, delete, and the messages of one. Knows no engine."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from wirecheck_contract.models import StoredCompletionChange
from wirecheck_contract.params import ListStoredCompletionsParametersQuery, ListStoredMessagesParametersQuery

from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import json_body
from wirecheck_reference.services import ADMITTED, FromCaller, FromDatabase
from wirecheck_reference.store.completions import StoredCompletions
from wirecheck_reference.store.pages import Cut, kept

router = APIRouter(prefix="/v1/chat/completions", route_class=Operation, dependencies=[ADMITTED])


def own(database: FromDatabase, caller: FromCaller) -> StoredCompletions:
    """What the caller keeps."""
    return StoredCompletions(database, caller.tenant)


FromStored = Annotated[StoredCompletions, Depends(own)]


@router.get("")
async def list_stored_completions(
    stored: FromStored, query: Annotated[ListStoredCompletionsParametersQuery, Query()]
) -> dict[str, Any]:
    """A page of them. 400 for an `after` that none of them has."""
    return (await stored.page(_cut(query), given(query.model), given(query.metadata))).document(kept)


@router.get("/{completion_id}")
async def get_stored_completion(completion_id: str, stored: FromStored) -> dict[str, Any]:
    """One of them."""
    return (await stored.get(completion_id)).document


@router.post("/{completion_id}")
async def update_stored_completion(
    completion_id: str, change: Annotated[StoredCompletionChange, json_body(StoredCompletionChange)], stored: FromStored
) -> dict[str, Any]:
    """One of them with other metadata."""
    return (await stored.label(completion_id, change.metadata or {})).document


@router.delete("/{completion_id}")
async def delete_stored_completion(completion_id: str, stored: FromStored) -> dict[str, Any]:
    """Deletes one of them."""
    await stored.delete(completion_id)
    return {"object": "chat.completion.deleted", "id": completion_id, "deleted": True}


@router.get("/{completion_id}/messages")
async def list_stored_messages(
    completion_id: str, stored: FromStored, query: Annotated[ListStoredMessagesParametersQuery, Query()]
) -> dict[str, Any]:
    """A page of the messages that were sent with one of them."""
    return (await stored.messages(completion_id, _cut(query))).document(dict)


def _cut(query: ListStoredCompletionsParametersQuery | ListStoredMessagesParametersQuery) -> Cut:
    return Cut(given(query.after), query.limit, descending=query.order == "desc")
