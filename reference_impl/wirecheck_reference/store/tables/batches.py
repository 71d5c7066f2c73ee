"""Batches, and the answers to their lines as far as they are there."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wirecheck_reference.store.tables.base import Kept, Number, Table


class StoredBatch(Kept, Table):
    """A `Batch` as its document.

    `status` is that of the document, `content` the name of what its input file held, None once it is over. `scopes` are
    those of the key that made it, None for all. `output_seconds` is how long the files that it makes are kept.
    """

    __tablename__ = "batches"

    status: Mapped[str] = mapped_column(String(16), index=True)
    content: Mapped[str | None] = mapped_column(String(64))
    scopes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    output_seconds: Mapped[int] = mapped_column(Number)


class AnsweredLine(Table):
    """What a line of a batch came to: a line of its output, or, where it `failed`, of its errors.

    `number` counts the lines of the input file from 1. Gone once the batch is over.
    """

    __tablename__ = "batch_lines"

    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Number, primary_key=True)
    failed: Mapped[bool]
    line: Mapped[bytes] = mapped_column(LargeBinary)
