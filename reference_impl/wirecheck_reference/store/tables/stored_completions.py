"""Chat completions that their callers asked to be kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Kept, Table


class StoredCompletion(Kept, Table):
    """A `ChatCompletion` as its document; `messages` are those that were sent, `labels` its metadata."""

    __tablename__ = "stored_completions"

    model: Mapped[str] = mapped_column(String(256))
    labels: Mapped[dict[str, str]] = mapped_column(JSON)
    messages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
