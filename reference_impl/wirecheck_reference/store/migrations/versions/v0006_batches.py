"""Batches and the answers to their lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirecheck_reference.store.tables.base import Number

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "batches",
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("content", sa.String(64), nullable=True),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("output_seconds", Number, nullable=False),
        sa.Column("position", Number, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("created_at", Number, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("batches_listed", "batches", ["tenant", "position"])
    op.create_index("ix_batches_status", "batches", ["status"])
    op.create_table(
        "batch_lines",
        sa.Column("batch", sa.String(64), sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", Number, primary_key=True, autoincrement=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
    )
