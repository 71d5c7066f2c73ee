"""What is counted is told at /metrics, where it is wanted, in words that nobody outside chooses."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from wirecheck_reference.app import ReferenceServer, create_app
from wirecheck_reference.settings import Settings

from tests.reference.child import CHAT
from tests.reference.in_process import JSON, Reply, ask

KEY: Final = "sk-good-and-secret"
HEADERS: Final = {**JSON, "authorization": f"Bearer {KEY}", "origin": "https://page.example"}


def chat(**fields: Any) -> bytes:
    """A chat of two tokens, in bytes."""
    return json.dumps({"model": "echo", "messages": [{"role": "user", "content": "hello"}], **fields}).encode()


def samples(text: str) -> dict[tuple[str, frozenset[str]], float]:
    """Values by their names and the values of their labels."""
    families = text_string_to_metric_families(text)
    return {(each.name, frozenset(each.labels.values())): each.value for family in families for each in family.samples}


async def told(app: ReferenceServer) -> dict[tuple[str, frozenset[str]], float]:
    """What the app tells."""
    reply = await ask(app, "GET", "/metrics", headers={"origin": "https://page.example"})
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/plain; version=")
    assert not [name for name in reply.headers if name.startswith("access-control")]
    assert KEY not in reply.body.decode()
    return samples(reply.body.decode())


def test_what_is_answered_is_counted_by_operation() -> None:
    async def asked() -> tuple[list[Reply], dict[tuple[str, frozenset[str]], float]]:
        app = create_app(Settings(in_memory=True, metrics=True, limited_keys=[SecretStr(KEY)], limited_rate="3/minute"))
        async with app.router.lifespan_context(app):
            before = await told(app)
            replies = [
                await ask(app, "POST", CHAT, chat(), HEADERS),
                await ask(app, "POST", CHAT, chat(stream=True), HEADERS),
                await ask(app, "GET", "/v1/models/no%2Fsuch", headers=HEADERS),
                await ask(app, "GET", "/v1/models", headers=HEADERS),
                await ask(app, "BREW", f"/{KEY}"),
                await ask(app, "POST", "/metrics"),
            ]
            after = await told(app)
        return replies, {name: value - before.get(name, 0) for name, value in after.items()}

    replies, more = asyncio.run(asked())
    assert [reply.status for reply in replies] == [200, 200, 404, 429, 404, 405]
    assert "access-control-allow-origin" in replies[0].headers

    def of(name: str, *labels: str) -> float:
        return more[name, frozenset(labels)]

    assert of("wirecheck_requests_total", "createChatCompletion", "POST", "200") == 2
    assert of("wirecheck_requests_total", "listModels", "GET", "429") == 1
    assert of("wirecheck_requests_total", "other", "404") == 1
    assert of("wirecheck_rate_limited_total", "listModels") == 1
    assert of("wirecheck_request_duration_seconds_count", "createChatCompletion") == 2
    usage = json.loads(replies[0].body)["usage"]
    assert of("wirecheck_tokens_total", "echo", "prompt") == 2 * usage["prompt_tokens"]
    assert of("wirecheck_tokens_total", "echo", "completion") == 2 * usage["completion_tokens"]
    assert of("wirecheck_requests_active") == 0


def test_nothing_is_told_unless_it_is_wanted() -> None:
    async def asked() -> Reply:
        app = create_app(Settings(in_memory=True))
        async with app.router.lifespan_context(app):
            return await ask(app, "GET", "/metrics")

    assert asyncio.run(asked()).status == 404
