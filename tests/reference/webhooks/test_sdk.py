"""The official Python SDK manages endpoints, and takes what is delivered, unchanged."""

from __future__ import annotations

import pytest
from openai import InvalidWebhookSignatureError, OpenAI

from tests.reference.batches.asking import line
from tests.reference.child import CHAT, Child
from tests.reference.webhooks.receiver import Receiver


def test_the_sdk_gets_what_the_server_tells(guarded: Child, hears: Receiver) -> None:
    url = f"{hears.url}/sdk"
    with OpenAI(base_url=f"{guarded.url}/v1", api_key="right", max_retries=0) as client:
        hooks = client.webhooks
        endpoint = hooks.create(name="sdk", url=url, event_types=["batch.completed"])
        assert (endpoint.object, endpoint.name, endpoint.url) == ("webhook_endpoint", "sdk", url)
        assert endpoint.signing_secret_hint is not None
        assert hooks.retrieve(endpoint.id).event_types == ["batch.completed"]
        assert endpoint.id in [each.id for each in hooks.list(limit=2)]
        assert "batch.completed" in hooks.event_types.list().data
        result = hooks.test(endpoint.id, event_type="batch.completed")
        assert (result.status_code, result.success, result.webhook_endpoint_id) == (204, True, endpoint.id)
        rotated = hooks.rotate_secret(endpoint.id, keep_old_secret_active_for_24_hours=True)
        assert hooks.update(endpoint.id, name="again").name == "again"
        text = str(line("one")).replace("'", '"').encode()
        file = client.files.create(file=("lines.jsonl", text), purpose="batch")
        batch = client.batches.create(input_file_id=file.id, endpoint=CHAT, completion_window="24h")
        _, got = hears.wait("/sdk", 2)
        for secret in (endpoint.signing_secret, rotated.signing_secret):
            event = hooks.unwrap(got.body.decode(), got.headers, secret=secret)
            assert event.type == "batch.completed"
            assert (event.data.id, event.object) == (batch.id, "event")
        with pytest.raises(InvalidWebhookSignatureError):
            hooks.unwrap(got.body.decode() + " ", got.headers, secret=endpoint.signing_secret)
        assert hooks.delete(endpoint.id).deleted
