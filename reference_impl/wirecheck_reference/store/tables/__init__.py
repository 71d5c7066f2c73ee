"""The tables, a module for each kind of thing that is kept, found by themselves."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from sqlalchemy import MetaData

from wirecheck_reference.store.tables.base import Table


def metadata() -> MetaData:
    """All tables."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return Table.metadata
