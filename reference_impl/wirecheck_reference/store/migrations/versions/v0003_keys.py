"""API keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wirecheck_reference.store.tables.base import Number

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "keys",
        sa.Column("position", Number, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(256), nullable=False),
        sa.Column("tenant", sa.String(256), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", Number, nullable=False),
        sa.Column("revoked_at", Number, nullable=True),
    )
