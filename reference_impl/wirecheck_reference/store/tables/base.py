"""What tables are made of: the base of all, and what each thing that is kept has. Knows no table in particular."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

Number = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits, which SQLite counts up by itself."""


class Table(DeclarativeBase):
    """The base of every table."""


class Kept:
    """A thing that a tenant keeps: found by its id, listed in the order in which it was made.

    `position` is that order, `created_at` whole Unix seconds, `document` what clients are shown of it.
    """

    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    tenant: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[int] = mapped_column(Number)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it with the class
        """A tenant's things in their order; the position of what is deleted is never given again."""
        name = getattr(cls, "__tablename__")  # noqa: B009  # only tables have one
        return Index(f"{name}_listed", "tenant", "position"), {"sqlite_autoincrement": True}
