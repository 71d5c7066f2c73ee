"""Files that clients uploaded; their contents lie elsewhere."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Kept, Number, Table


class StoredFile(Kept, Table):
    """A `File` as its document; `content` is the name of its content, `digest` the SHA-256 of that in hexadecimal.

    `expires_at` is in whole Unix seconds, None for a file that stays.
    """

    __tablename__ = "files"

    purpose: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[int | None] = mapped_column(Number, index=True)
    content: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
