"""POST and GET /v1/conversations, and what is below. Knows no engine: nothing is said in them of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from wirecheck_contract.models import ConversationChange, ConversationCreateRequest, ConversationItemsRequest
from wirecheck_contract.params import (
    CreateConversationItemsParametersQuery,
    GetConversationItemParametersQuery,
    ListConversationItemsParametersQuery,
    ListConversationMessagesParametersQuery,
    ListConversationsParametersQuery,
)

from wirecheck_reference.areas.conversations.items import item_of
from wirecheck_reference.creating import FromOnce, digest_of
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import json_body, json_document
from wirecheck_reference.http.responses import Answer
from wirecheck_reference.services import ADMITTED, FromCaller, FromClock, FromDatabase
from wirecheck_reference.store.conversations import Conversations
from wirecheck_reference.store.pages import Cut, kept

router = APIRouter(prefix="/v1/conversations", route_class=Operation, dependencies=[ADMITTED])

Document = Mapping[str, Any]
Queried = (
    ListConversationsParametersQuery | ListConversationItemsParametersQuery | ListConversationMessagesParametersQuery
)


def own(database: FromDatabase, caller: FromCaller, clock: FromClock) -> Conversations:
    """What the caller keeps, now."""
    return Conversations(database, caller.tenant, int(clock()))


FromConversations = Annotated[Conversations, Depends(own)]


@router.post("")
async def create_conversation(
    request: Annotated[Document, json_document(ConversationCreateRequest)],
    conversations: FromConversations,
    once: FromOnce,
) -> dict[str, Any] | Answer:
    """Begins one, with items in it or without."""
    items = [item_of(each) for each in request.get("items") or ()]
    digest = digest_of(request)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest)
        return (await conversations.begin(items, request.get("metadata") or {}, attempt.also(digest))).document


@router.get("")
async def list_conversations(
    conversations: FromConversations, query: Annotated[ListConversationsParametersQuery, Query()]
) -> dict[str, Any]:
    """A page of them, the newest first. 400 for an `after` that none of them has."""
    return (await conversations.page(_cut(query))).document(kept)


@router.get("/{conversation_id}")
async def get_conversation(conversation_id: str, conversations: FromConversations) -> dict[str, Any]:
    """One of them."""
    return (await conversations.get(conversation_id)).document


@router.post("/{conversation_id}")
async def update_conversation(
    conversation_id: str,
    change: Annotated[ConversationChange, json_body(ConversationChange)],
    conversations: FromConversations,
) -> dict[str, Any]:
    """One of them with other metadata."""
    return (await conversations.label(conversation_id, change.metadata or {})).document


@router.delete("/{conversation_id}")
async def delete_conversation(conversation_id: str, conversations: FromConversations) -> dict[str, Any]:
    """Deletes one of them, with its items."""
    await conversations.delete(conversation_id)
    return {"id": conversation_id, "object": "conversation.deleted", "deleted": True}


@router.post("/{conversation_id}/items")
async def create_conversation_items(
    conversation_id: str,
    request: Annotated[Document, json_document(ConversationItemsRequest)],
    conversations: FromConversations,
    once: FromOnce,
    _: Annotated[CreateConversationItemsParametersQuery, Query()],
) -> dict[str, Any] | Answer:
    """Adds items to one of them, and shows those: all of each, whatever the query asks for."""
    items, digest = [item_of(each) for each in request["items"]], digest_of(request)
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again(digest)
        return (await conversations.add(conversation_id, items, attempt.also(digest))).document(kept)


@router.get("/{conversation_id}/items")
async def list_conversation_items(
    conversation_id: str,
    conversations: FromConversations,
    query: Annotated[ListConversationItemsParametersQuery, Query()],
) -> dict[str, Any]:
    """A page of the items of one of them, the newest first: all of each, whatever else the query asks for."""
    return (await conversations.items(conversation_id, _cut(query))).document(kept)


@router.get("/{conversation_id}/items/{item_id}")
async def get_conversation_item(
    conversation_id: str,
    item_id: str,
    conversations: FromConversations,
    _: Annotated[GetConversationItemParametersQuery, Query()],
) -> dict[str, Any]:
    """An item of one of them: all of it, whatever the query asks for."""
    return (await conversations.item(conversation_id, item_id)).document


@router.delete("/{conversation_id}/items/{item_id}")
async def delete_conversation_item(
    conversation_id: str, item_id: str, conversations: FromConversations
) -> dict[str, Any]:
    """Deletes an item of one of them, which is shown."""
    return (await conversations.delete_item(conversation_id, item_id)).document


@router.get("/{conversation_id}/messages")
async def list_conversation_messages(
    conversation_id: str,
    conversations: FromConversations,
    query: Annotated[ListConversationMessagesParametersQuery, Query()],
) -> dict[str, Any]:
    """A page of the messages of one of them, of one role or of all, the newest first."""
    return (await conversations.messages(conversation_id, _cut(query), given(query.role))).document(kept)


def _cut(query: Queried) -> Cut:
    return Cut(given(query.after), query.limit, descending=query.order != "asc")
