"""What is sent for files: forms as SDKs write them, and nothing that is left behind."""

from __future__ import annotations

import asyncio
import time
from email import policy
from email.parser import BytesParser
from typing import Any

import pytest
from wirecheck.areas.files import probes as files
from wirecheck.areas.files.asking import FILES
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone, Unseen

from tests.reference.child import Child

PROBES: list[Probe[Any]] = [
    files.life,
    files.behind,
    files.downloads,
    files.names,
    files.refusals,
    files.expiring,
]


def seen(url: str, *probes: Probe[Any], budget: int = 10**9) -> list[Exchange]:
    """What some probes sent, and what came back; after so many requests the run is over."""

    async def asking() -> list[Exchange]:
        target = Target(url, f"{url}/v1", model="echo", timeout=10)
        async with Client(target, seed=1, budget=Budget(time.monotonic() + 60)) as client:
            send = client.send

            async def counted(draft: Any) -> Exchange:
                if len(client.log) >= budget:
                    raise Gone("over")
                return await send(draft)

            client.send = counted  # type: ignore[method-assign]  # counted or answered by the test
            for each in probes:
                try:
                    await client.see(each)
                except Unseen:
                    continue
            return client.log

    return asyncio.run(asking())


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_nothing_is_left_behind(server: Child, probe: Probe[Any]) -> None:
    before = server.client.get(FILES).json()
    log = seen(server.url, probe)
    assert any(each.request.method == "POST" for each in log)
    assert server.client.get(FILES).json() == before


def test_forms_are_read_by_others_too(server: Child) -> None:
    log = seen(server.url, *PROBES)
    uploads = [each.request for each in log if each.request.method == "POST"]
    assert len(uploads) > 10
    for each in uploads:
        label = dict(each.headers)["content-type"]
        message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {label}\r\n\r\n".encode() + each.body)
        names = [part.get_param("name", header="content-disposition") for part in message.iter_parts()]
        assert not message.defects
        assert names == list(dict.fromkeys(names))
        assert {"purpose", "file"} & set(names)
