"""How the tables came to be what they are: one step a module in `versions`, applied by Alembic when a server starts."""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

# Several processes start at once: one of them does it, the others wait. Any number that nobody else locks will do.
_LOCK: Final = 8_247_106


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Applies, in the transaction of the connection, the steps up to a revision that are still missing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(config(connection), revision)


def config(connection: Connection) -> Config:
    """What Alembic needs to know."""
    found = Config(attributes={"connection": connection})
    found.set_main_option("script_location", "wirecheck_reference.store:migrations")
    return found
