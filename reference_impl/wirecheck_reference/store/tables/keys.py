"""API keys that the owner of the server made."""

from __future__ import annotations

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Number, Table


class StoredKey(Table):
    """A key as its digest: the SHA-256 of it in hexadecimal. The key itself stands nowhere.

    `tenant` is whose things its callers keep, as the owner calls it; times are in whole Unix seconds, `revoked_at` None
    for a key that is good.
    """

    __tablename__ = "keys"

    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(256))
    tenant: Mapped[str] = mapped_column(String(256))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[int] = mapped_column(Number)
    revoked_at: Mapped[int | None] = mapped_column(Number)
