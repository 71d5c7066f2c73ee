"""What is asked for webhooks: nothing is left behind, and nobody is accused who cannot reach the run."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.events.probes import has_events
from wirecheck.areas.webhooks.asking import ENDPOINTS
from wirecheck.areas.webhooks.probes import deliveries, endpoints, samples
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.clearing import left_over
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

from tests.reference.child import Child, child
from tests.reference.webhooks.asking import SOON
from tests.suite.scripted import Script, Visit
from tests.suite.talking import talking

HEARD: list[Probe[Any]] = [deliveries.life, deliveries.throttled, samples.rotated, samples.tested]
PROBES: list[Probe[Any]] = [*HEARD, endpoints.shown, endpoints.urls]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server without keys that sends webhooks to this machine."""
    with child(tmp_path_factory.mktemp("server"), *SOON) as running:
        yield running


def test_nothing_is_left_behind(server: Child) -> None:
    async def asking() -> list[Exchange]:
        target = Target(server.url, f"{server.url}/v1", model="echo", timeout=10, owner={"webhook_retry_seconds": 5})
        async with Client(target, seed=1, budget=Budget(time.monotonic() + 60)) as client:
            for probe in PROBES:
                await client.see(probe)
            return client.log

    log = asyncio.run(asking())
    assert sum(each.operation is not None and each.operation.id == "createWebhookEndpoint" for each in log) > 15
    assert left_over(log) == []
    assert server.client.get(ENDPOINTS).json()["data"] == []


def deaf(status: int = 200) -> Script:
    """A server that has webhook endpoints and events, and sends nothing; or takes no endpoint."""

    async def script(visit: Visit) -> None:
        body: dict[str, Any] = {"object": "list", "data": [], "has_more": False}
        code = 200
        if visit.method == "POST" and visit.path == ENDPOINTS:
            code, body = status, {"id": "we_1", "object": "webhook_endpoint", "signing_secret": "whsec_"}
        elif visit.method == "POST" and visit.path == "/v1/events":
            code, body = 202, {"id": "evt_1", "type": json.loads(visit.body)["event_type"]}
        elif visit.method == "POST":
            code, body = 400, {"error": {"message": "nobody answers"}}
        await visit.answer(json.dumps(body).encode(), code, "content-type: application/json")

    return script


@pytest.mark.parametrize(("status", "why"), [(200, "nothing came to .* within 1 s"), (400, "no endpoint is taken")])
def test_who_cannot_reach_the_run_is_asked_once_alone(status: int, why: str) -> None:
    async def asking() -> list[Visit]:
        async with talking(deaf(status)) as (api, visits):
            api.target = replace(api.target, owner={"webhook_retry_seconds": 1})
            for each in HEARD:
                with pytest.raises(Unseen, match=f"(?s){why}.*--webhook-url"):
                    await api.see(each)
            return visits

    visits = asyncio.run(asking())
    assert sum(visit.method == "POST" and visit.path == ENDPOINTS for visit in visits) == 1
    assert [visit.method for visit in visits if visit.path == f"{ENDPOINTS}/we_1"] == ["DELETE"] * (status == 200)


def test_a_server_elsewhere_is_sent_no_address_of_this_machine() -> None:
    async def asking() -> list[Visit]:
        async with talking(deaf()) as (api, visits):
            await api.see(endpoints.has_webhooks)
            await api.see(has_events)
            api.target = replace(api.target, api="https://api.example.com/v1")
            with pytest.raises(Unseen, match="not on this machine: --webhook-url"):
                await api.see(deliveries.life)
            return visits

    assert all(visit.method == "GET" for visit in asyncio.run(asking()))


def test_a_quick_run_makes_no_endpoint() -> None:
    async def asking() -> list[Visit]:
        async with talking(deaf()) as (api, visits):
            api.quick = True
            for each in PROBES:
                with pytest.raises(Unseen, match="quick"):
                    await api.see(each)
            return visits

    assert asyncio.run(asking()) == []
