"""Events, the endpoints that they are delivered to, and their deliveries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from wirecheck_reference.store.tables.base import Kept, Number, Table


class StoredEvent(Kept, Table):
    """An `Event` as its document. Its id, which clients may choose, is one tenant's alone.

    A `sample` is none that happened: no list shows it.
    """

    __tablename__ = "events"

    id: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(128))
    sample: Mapped[bool]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it with the class
        """As of all that is kept, but for whose the id is."""
        own = UniqueConstraint("tenant", "id", name="events_own")
        return own, Index("events_listed", "tenant", "position"), {"sqlite_autoincrement": True}


class StoredEndpoint(Kept, Table):
    """A `WebhookEndpoint` as its document, but for what time alone changes: `previous`, the secret before, and its end.

    `enabled` is what its status says. Times are in whole Unix seconds; `heard_at` is when it last acknowledged
    anything.
    """

    __tablename__ = "webhook_endpoints"

    enabled: Mapped[bool]
    secret: Mapped[str] = mapped_column(String(128))
    previous: Mapped[str | None] = mapped_column(String(128))
    previous_until: Mapped[int | None] = mapped_column(Number)
    heard_at: Mapped[int] = mapped_column(Number)


class StoredDelivery(Kept, Table):
    """What a `WebhookDelivery` says once and for all as its document, and the rest in columns.

    `event` is the position of the event, `attempts` are `WebhookAttempt`s, `most` the number of them that there may be
    where that is its own. `due` is when it is attempted next, in Unix milliseconds, None where it is over;
    `next_attempt_at` what clients are told of that. `claim` is whose attempt is under way.
    """

    __tablename__ = "webhook_deliveries"

    endpoint: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event: Mapped[int] = mapped_column(ForeignKey("events.position"))
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    most: Mapped[int | None] = mapped_column(Number)
    due: Mapped[int | None] = mapped_column(Number, index=True)
    next_attempt_at: Mapped[int | None] = mapped_column(Number)
    claim: Mapped[str | None] = mapped_column(String(64))


# The deliveries to one endpoint in their order.
Index("webhook_deliveries_inside", StoredDelivery.endpoint, StoredDelivery.position)
