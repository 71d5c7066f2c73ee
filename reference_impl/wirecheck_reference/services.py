"""What endpoints depend on, for tests to override. Knows the app's state alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from wirecheck_reference.http.access import Gate
from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.settings import Settings


async def get_settings(request: Request) -> Settings:
    """The settings of the app."""
    settings: Settings = request.app.state.settings
    return settings


async def get_catalogue(request: Request) -> Catalogue:
    """The models and their engines."""
    catalogue: Catalogue = request.app.state.catalogue
    return catalogue


async def get_gate(request: Request) -> Gate:
    """The keys and their limits."""
    gate: Gate = request.app.state.gate
    return gate


async def admitted(request: Request, gate: Annotated[Gate, Depends(get_gate)]) -> None:
    """Raises `ApiError` (401, 429) for callers who may not ask."""
    await gate.admit(Inbound.of(request.scope))


FromCatalogue = Annotated[Catalogue, Depends(get_catalogue)]
