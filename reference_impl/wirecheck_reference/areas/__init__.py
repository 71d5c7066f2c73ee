"""The areas of the API, a package each, found by the `router` in its module `routes`. No area knows another."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module

from fastapi import APIRouter


def routers(only: Sequence[str] | None = None) -> list[APIRouter]:
    """The router of every area, or of `only` some, by the areas' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg) if only is None else only
    return [import_module(f"{__name__}.{name}.routes").router for name in names]
