"""Conversations: made, changed, deleted, and what is said in them."""

from __future__ import annotations

from typing import Any

from wirecheck.area import Area, Claim, Feature, Sweeping
from wirecheck.areas.conversations.asking import Message
from wirecheck.areas.conversations.probes import (
    has_calls,
    has_conversations,
    has_images,
    has_lists,
    has_reasoning,
    has_refusals,
)


def _plain(body: Any) -> Any:
    """A body without what servers may lack: messages are those that probes send."""
    return {**body, "items": [Message("user", "hello").json]} if isinstance(body, dict) and "items" in body else body


def _with_sentences(body: dict[str, Any]) -> dict[str, Any]:
    """A body without what is wrong with its items: they have sentences on what becomes of that."""
    plain: dict[str, Any] = _plain(body)
    return plain


AREA = Area(
    "conversations",
    features=(
        Feature("conversations", "conversations that are kept", has_conversations),
        Feature("conversation_lists", "lists of conversations, and of what a role says in one", has_lists),
        Feature("conversation_calls", "function calls and their outputs in conversations", has_calls, required=False),
        Feature("conversation_reasoning", "reasoning in conversations", has_reasoning, required=False),
        Feature("conversation_images", "images and files in conversations", has_images, required=False),
        Feature("conversation_refusals", "refusals in conversations", has_refusals, required=False),
    ),
    claims=(
        Claim("Conversation", r".*", "conversation"),
        Claim("ConversationList", r"data\.\d+(\..*)?", "conversation"),
        Claim("ConversationList", r".*", "conversation list"),
        Claim("ConversationDeleted", r".*", "conversation deletion"),
        Claim("ConversationItem", r".*", "conversation item"),
        Claim("ConversationItemList", r"data\.\d+(\..*)?", "conversation item"),
        Claim("ConversationItemList", r".*", "conversation items"),
    ),
    sweeping=tuple(
        Sweeping(operation, plain=_plain, pardons=_with_sentences, feature="conversations")
        for operation in ("createConversation", "createConversationItems")
    ),
)
