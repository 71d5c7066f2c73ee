"""GET /health. Knows how many answers are in the making, and nothing of them."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter
from wirecheck_contract.models import Health, ProviderHealth

from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.responses import Answer, JsonAnswer
from wirecheck_reference.services import FromCatalogue, FromServices

router = APIRouter(route_class=Operation)
_VERSION: Final = version("wirecheck")


@router.get("/health")
async def get_health(services: FromServices, catalogue: FromCatalogue) -> Answer:
    """The state of the server: `ok`, since every engine of its own is in this process."""
    health = Health(
        status="ok",
        version=_VERSION,
        uptime_seconds=round(time.monotonic() - services.started, 3),
        active_requests=catalogue.running,
        providers=[ProviderHealth(id=provider, status="ok") for provider in catalogue.providers()],
    )
    return JsonAnswer(health, headers={"cache-control": "no-store"})
