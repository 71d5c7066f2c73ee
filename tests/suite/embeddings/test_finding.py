"""Which model embeds: by the owner's word, by the list of models, by trying; and what becomes of the features."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from wirecheck.areas.embeddings.probes.finding import likely
from wirecheck.asking.target import Target, addresses
from wirecheck.run import Options, run

from tests.proof.judging import Watcher
from tests.suite.embeddings.vectors import ONE, TWO, document
from tests.suite.scripted import Script, Visit, serving

PATH = "/v1/embeddings"


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([], []),
        ([{"id": "gpt"}, {"id": 5}, None, "embed", {"id": None}], []),
        ([{"id": "chat"}, {"id": "text-embedding-3-small"}], ["text-embedding-3-small"]),
        ([{"id": "BAAI/bge-m3"}, {"id": "intfloat/e5-large"}, {"id": "gte-base"}, {"id": "all-MiniLM-L6-v2"}], None),
        ([{"id": "mte5x"}, {"id": "cabbage"}, {"id": "sge52"}], []),
        ([{"id": "my-embedder"}, {"id": "x", "capabilities": ["chat", "embeddings"]}], ["x", "my-embedder"]),
        ([{"id": "x", "capabilities": {"embeddings": True}}, {"id": "y", "capabilities": {"embed": False}}], ["x"]),
        ([{"id": "x", "type": "embeddings"}, {"id": "y", "task": "embed"}, {"id": "z", "tasks": ["chat"]}], ["x", "y"]),
    ],
)
def test_what_looks_like_one(entries: list[Any], found: list[str] | None) -> None:
    assert likely(entries) == (found if found is not None else [each["id"] for each in entries])


def polite(statuses: dict[str, int], *listed: str) -> Script:
    """A server with these models, each of which answers requests for embeddings with its status."""

    async def script(visit: Visit) -> None:
        asked = json.loads(visit.body) if visit.body else {}
        status: int = 200
        value: dict[str, Any] = {"object": "list", "data": [{"id": each, "object": "model"} for each in listed]}
        if visit.path == PATH:
            status = statuses.get(asked["model"], 404)
            vectors = (ONE, TWO) if isinstance(asked["input"], list) and len(asked["input"]) > 1 else (ONE,)
            value = document(*vectors) if status == 200 else {"error": {"message": "No.", "type": "x"}}
        elif not listed:
            status, value = 404, {"detail": "Not Found"}
        await visit.answer(json.dumps(value).encode(), status, "content-type: application/json")

    return script


def features(script: Script, *only: str, owner: dict[str, str] | None = None) -> tuple[dict[str, str], list[str]]:
    """What became of the features in a quick run, and the models that were asked to embed, each once in a row."""

    async def running() -> tuple[dict[str, str], list[str]]:
        async with serving(script) as (url, visits):
            pairs = addresses(url)
            target = Target(*pairs[0], model="chat", timeout=5, owner=owner or {})
            judgement = await run(target, pairs, Options(only=only, mode="quick"), Watcher())
            asked = [json.loads(visit.body)["model"] for visit in visits if visit.path == PATH]
            return dict(judgement.features), list(dict.fromkeys(asked))

    return asyncio.run(running())


@pytest.mark.parametrize(
    ("statuses", "listed", "owner", "state", "asked"),
    [
        ({"embed-1": 200}, ("chat", "embed-1"), {}, "found", ["embed-1"]),
        ({"embed-2": 200}, ("embed-1", "embed-2"), {}, "found", ["embed-1", "embed-2"]),
        ({"mine": 200}, ("embed-1",), {"embedding_model": "mine"}, "found", ["mine"]),
        ({"embed-1": 200}, ("embed-1",), {"embedding_model": "mine"}, "absent", ["mine"]),
        ({}, ("chat",), {}, "absent", []),
        ({"chat": 200}, (), {}, "found", ["chat"]),
        ({}, (), {}, "absent", ["chat"]),
        ({}, tuple(f"embed-{number}" for number in range(5)), {}, "absent", [f"embed-{number}" for number in range(3)]),
        ({"embed-1": 501}, ("embed-1",), {}, "absent", ["embed-1"]),
        ({"embed-1": 500}, ("embed-1",), {}, "cannot tell", ["embed-1"]),
        ({"embed-1": 401}, ("embed-1",), {}, "cannot tell", ["embed-1"]),
    ],
)
def test_the_model_is_found(
    statuses: dict[str, int], listed: tuple[str, ...], owner: dict[str, str], state: str, asked: list[str]
) -> None:
    found, models = features(polite(statuses, *listed), "embeddings.again", owner=owner)
    assert found["embeddings"].startswith(state)
    assert models == asked


def test_where_nothing_embeds_its_features_are_absent_too() -> None:
    found, _ = features(polite({}, "chat"), "embeddings.*")
    assert found == dict.fromkeys(
        ("embeddings", *(f"embedding_{name}" for name in ("base64", "dimensions", "tokens"))), "absent"
    )


def test_the_core_asks_nothing_of_embeddings() -> None:
    async def running() -> list[Visit]:
        async with serving(polite({"embed-1": 200}, "chat", "embed-1")) as (url, visits):
            pairs = addresses(url)
            options = Options(profile="core", only=("models.*",), mode="quick")
            await run(Target(*pairs[0], model="chat", timeout=5), pairs, options, Watcher())
            return visits

    assert all(visit.path != PATH for visit in asyncio.run(running()))
