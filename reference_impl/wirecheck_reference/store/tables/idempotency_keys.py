"""Keys of requests that made something, with their answers."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Number, Table


class IdempotencyKey(Table):
    """A key of a tenant's. `attempt` is whose it is; `expires_at` is in whole Unix seconds.

    Of a request that is under way nothing else is known; of one that made something its fingerprint, and its answer.
    """

    __tablename__ = "idempotency_keys"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    attempt: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[int] = mapped_column(Number, index=True)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
