"""Idempotency keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirecheck_reference.store.tables.base import Number

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "idempotency_keys",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("attempt", sa.String(64), nullable=False),
        sa.Column("expires_at", Number, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
    )
    op.create_index("ix_idempotency_keys_expires_at", "idempotency_keys", ["expires_at"])
