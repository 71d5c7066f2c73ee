"""Conversations and their items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirecheck_reference.store.tables.base import Number

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table("conversations", *_kept(), sqlite_autoincrement=True)
    op.create_index("conversations_listed", "conversations", ["tenant", "position"])
    op.create_table(
        "conversation_items",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("role", sa.String(64), nullable=True),
        *_kept(),
        sqlite_autoincrement=True,
    )
    op.create_index("conversation_items_listed", "conversation_items", ["tenant", "position"])
    op.create_index("conversation_items_inside", "conversation_items", ["conversation", "position"])


def _kept() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("position", Number, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("created_at", Number, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )
