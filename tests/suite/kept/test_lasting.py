"""A collection that cannot delete, in a list whose order nobody can ask for: it is walked whichever way it leads."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from wirecheck.areas.kept.probes import LIVES
from wirecheck.areas.kept.reading import Life

from tests.suite.answers import PASSED, UNTESTABLE, graded
from tests.suite.scripted import Script, Visit
from tests.suite.talking import talking

_OTHERS: Final = 150
_BATCHES: Final = "/v1/batches"


def _server(*, newest_first: bool, others: int) -> Script:
    """A server with batches of somebody who was there before, listed in one order."""
    kept: list[dict[str, Any]] = [{"id": f"old_{number}", "object": "batch"} for number in range(others)]

    def page(query: dict[str, str]) -> dict[str, Any]:
        listed = kept[::-1] if newest_first else kept
        ids = [each["id"] for each in listed]
        if "after" in query and query["after"] not in ids:
            return {}
        start = ids.index(query["after"]) + 1 if "after" in query else 0
        data = listed[start : start + int(query.get("limit", "20"))]
        return {"object": "list", "data": data, "has_more": start + len(data) < len(listed)}

    async def script(visit: Visit) -> None:
        parts = urlsplit(visit.path)
        status, told = 200, {}
        if parts.path == "/v1/files":
            told = {"id": "file-1", "object": "file"}
        elif parts.path == _BATCHES and visit.method == "POST":
            told = {"id": f"batch_{len(kept):04d}x", "object": "batch", "status": "failed", **json.loads(visit.body)}
            kept.append(told)
        elif parts.path == _BATCHES:
            told = page(dict(parse_qsl(parts.query)))
            status = 200 if told else 400
        else:
            told = next((each for each in kept if each["id"] == parts.path.split("/")[3]), {})
            status = 200 if told else 404
        await visit.answer(json.dumps(told).encode(), status, "content-type: application/json")

    return script


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("others", [0, 1, _OTHERS])
def test_a_list_is_walked_whichever_way_it_leads(newest_first: bool, others: int) -> None:
    async def asking() -> Life:
        async with talking(_server(newest_first=newest_first, others=others)) as (api, _):
            return await api.see(LIVES["listBatches"])

    life = asyncio.run(asking())
    assert life.newest.walked == life.newest.wanted
    assert len(life.newest.wanted) == 3
    for name in ("kept.found", "kept.listed", "kept.unknown", "lists.whole", "lists.order", "lists.more"):
        assert graded(name, (life,)) == PASSED
    for name in ("kept.deletion", "kept.gone", "kept.unlisted", "kept.changed"):
        assert graded(name, (life,)) == UNTESTABLE
