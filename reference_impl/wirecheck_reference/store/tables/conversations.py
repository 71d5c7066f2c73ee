"""Conversations, and the items in them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Kept, Table


class StoredConversation(Kept, Table):
    """A `Conversation` as its document."""

    __tablename__ = "conversations"


class StoredItem(Kept, Table):
    """An item of a conversation (`ConversationNamedItem`) as its document; gone with its conversation."""

    __tablename__ = "conversation_items"

    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(64))
    role: Mapped[str | None] = mapped_column(String(64))


# The items of one conversation in their order.
Index("conversation_items_inside", StoredItem.conversation, StoredItem.position)
