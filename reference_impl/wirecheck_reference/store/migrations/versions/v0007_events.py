"""Events, webhook endpoints and deliveries."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from wirecheck_reference.store.tables.base import Number

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "events",
        *_kept(),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("type", sa.String(128), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("tenant", "id", name="events_own"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "webhook_endpoints",
        *_kept(),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(128), nullable=False),
        sa.Column("previous", sa.String(128), nullable=True),
        sa.Column("previous_until", Number, nullable=True),
        sa.Column("heard_at", Number, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "webhook_deliveries",
        *_kept(),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("endpoint", sa.String(64), sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False),
        sa.Column("event", Number, sa.ForeignKey("events.position"), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempts", sa.JSON(), nullable=False),
        sa.Column("most", Number, nullable=True),
        sa.Column("due", Number, nullable=True),
        sa.Column("next_attempt_at", Number, nullable=True),
        sa.Column("claim", sa.String(64), nullable=True),
        sqlite_autoincrement=True,
    )
    for table in ("events", "webhook_endpoints", "webhook_deliveries"):
        op.create_index(f"{table}_listed", table, ["tenant", "position"])
    op.create_index("webhook_deliveries_inside", "webhook_deliveries", ["endpoint", "position"])
    op.create_index("ix_webhook_deliveries_due", "webhook_deliveries", ["due"])


def _kept() -> list[sa.Column[Any]]:
    """What each thing that is kept has, but for its id."""
    return [
        sa.Column("position", Number, primary_key=True, autoincrement=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("created_at", Number, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    ]
