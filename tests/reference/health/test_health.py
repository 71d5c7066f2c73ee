"""The health check."""

from __future__ import annotations

from wirecheck_contract.models import Health

from tests.reference.child import Child


def test_health_follows_the_contract(server: Child) -> None:
    health = Health.model_validate_json(server.client.get("/health").content)
    assert health.status == "ok"
    assert health.active_requests == 0
    assert isinstance(health.providers, list)
    assert [provider.id for provider in health.providers] == ["wirecheck"]
