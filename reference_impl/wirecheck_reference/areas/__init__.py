"""The areas of the API, a package each, found by the `router` in its module `routes`. No area knows another."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The router of every area, by the areas' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return [import_module(f"{__name__}.{name}.routes").router for name in names]
