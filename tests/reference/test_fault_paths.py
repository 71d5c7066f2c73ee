"""One server with all faults, each below a path of its own."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from starlette.types import Message
from wirecheck_reference.app import ReferenceServer, create_app
from wirecheck_reference.faults import all_faults
from wirecheck_reference.mounting import NamedPaths
from wirecheck_reference.settings import Settings

from tests.forked import command
from tests.reference.child import CHAT, child
from tests.reference.in_process import JSON, ask
from tests.reference.test_fault_meaning import chat_body

LIMITED = {"authorization": "Bearer few"}


def test_each_fault_has_a_path(tmp_path: Path) -> None:
    with child(tmp_path, "--all-faults") as server:
        body = chat_body(stream=True)
        right = server.client.post(CHAT, json=body)
        wrong = server.client.post(f"/faults/never-says-done{CHAT}", json=body)
        assert right.text.endswith("data: [DONE]\n\n")
        assert "[DONE]" not in wrong.text
        assert server.client.get("/faults/lists-nothing/v1/models").json()["data"] == []
        assert server.client.get("/v1/models").json()["data"]
        assert server.client.get("/faults/lists-nothing/v1/models/wirecheck%2Fecho").json()["id"] == "wirecheck/echo"
        assert server.client.get("/faults/lists-nothing/docs/assets/fastapi/favicon.png").status_code == 200
        # All of them are asked where they are judged.
        for each in all_faults()[::50]:
            assert server.client.get(f"/faults/{each.name}/health").status_code == 200
        assert server.log.read_text() == ""


@pytest.mark.parametrize("path", ["/faults/nobody/v1/models", "/faults/nobody", "/faults/", "/faults"])
def test_a_fault_that_there_is_not(tmp_path: Path, path: str) -> None:
    with child(tmp_path, "--all-faults") as server:
        answer = server.client.get(path)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"
        assert "x-request-id" in answer.headers


def test_limits_are_counted_apart(tmp_path: Path) -> None:
    with child(tmp_path, "--all-faults", "--limited-key", "few", "--limited-rate", "1/hour") as server:
        paths = ["/v1/models", "/faults/never-says-done/v1/models", "/faults/says-done-twice/v1/models"]
        for status in (200, 429):
            assert [server.client.get(path, headers=LIMITED).status_code for path in paths] == [status] * len(paths)


@pytest.mark.parametrize("environment", [False, True])
def test_one_fault_or_all(monkeypatch: pytest.MonkeyPatch, environment: bool) -> None:
    given = () if environment else ("--fault", "never-says-done")
    if environment:
        monkeypatch.setenv("WIRECHECK_FAULT", "never-says-done")
    ended = command("wirecheck_reference", "serve", "--all-faults", "--port", "0", *given)
    assert ended.returncode == 2
    assert "--all-faults" in ended.stderr


def test_an_app_is_made_once_and_lasts_until_the_server_ends() -> None:
    made: list[ReferenceServer] = []

    def make(name: str) -> ReferenceServer:
        made.append(create_app(Settings(_env_file=None, fault=name, log_level="error")))  # type: ignore[call-arg]  # pydantic-settings takes it
        return made[-1]

    async def run() -> list[str]:
        right = create_app(Settings(log_level="error"))
        app = NamedPaths(right, "/faults/", ["counts-nothing"], make)
        heard: asyncio.Queue[Message] = asyncio.Queue()
        said: asyncio.Queue[Message] = asyncio.Queue()
        lifespan = asyncio.create_task(app({"type": "lifespan", "asgi": {}}, heard.get, said.put))
        await heard.put({"type": "lifespan.startup"})
        started = await said.get()
        body = json.dumps(chat_body()).encode()
        asked = [ask(app, "POST", f"/faults/counts-nothing{CHAT}", body, JSON) for _ in range(3)]
        assert [reply.status for reply in await asyncio.gather(*asked)] == [200, 200, 200]
        assert len(made) == 1
        assert made[0].services.started  # What the lifespan sets.
        await heard.put({"type": "lifespan.shutdown"})
        ended = await said.get()
        await lifespan
        return [started["type"], ended["type"]]

    assert asyncio.run(run()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
