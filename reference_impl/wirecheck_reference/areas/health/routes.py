"""GET /health. Knows how many answers are in the making, and nothing of them."""

from __future__ import annotations

import time
from importlib.metadata import version

from fastapi import APIRouter, Request
from starlette.responses import Response
from wirecheck_contract.models import Health, ProviderHealth

from wirecheck_reference.services import FromCatalogue

router = APIRouter()


@router.get("/health")
async def get_health(request: Request, catalogue: FromCatalogue) -> Response:
    """The state of the server: `ok`, since every engine of its own is in this process."""
    health = Health(
        status="ok",
        version=version("wirecheck"),
        uptime_seconds=round(time.monotonic() - request.app.state.started, 3),
        active_requests=catalogue.running,
        providers=[ProviderHealth(id=provider, status="ok") for provider in catalogue.providers()],
    )
    return Response(health.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})
