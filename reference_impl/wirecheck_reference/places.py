"""Where a server keeps what it keeps, by its settings. Knows no table."""

from __future__ import annotations

from wirecheck_reference.settings import Settings
from wirecheck_reference.store.database import MEMORY, Database


def database_of(settings: Settings) -> Database:
    """The database that the settings name. Raises `ValueError` for one that there cannot be."""
    if settings.in_memory:
        return Database(MEMORY)
    if settings.database is not None:
        return Database(settings.database)
    return Database(f"sqlite:///{settings.data_folder / 'wirecheck.db'}")
