"""The HTTP client: what it sends, what it keeps of an answer and what it hides, and whom it asks once."""

from __future__ import annotations

import asyncio
import gzip
import time
from typing import Any

import pytest
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import HIDDEN, Exchange, Intent
from wirecheck.evidence.unseen import Unseen

from tests.suite.scripted import Visit, serving
from tests.suite.talking import KEY, ask, fine, talking


def test_an_answer_is_kept_whole() -> None:
    before = time.time()
    exchange, _ = ask(fine)
    assert (exchange.status, exchange.json, exchange.end, exchange.error) == (200, {"a": 1}, "complete", "")
    assert [value for name, value in exchange.headers if name == "x-a"] == ["1", "2"]
    assert before - 1 <= exchange.sent <= time.time() + 1
    assert 0 < exchange.seconds < 5
    assert exchange.request.url.endswith("/v1/models")


def test_each_chunk_has_its_time_of_arrival() -> None:
    async def slow(visit: Visit) -> None:
        await visit.begin("content-type: text/event-stream")
        await visit.chunk(b"data: a\n\n")
        await asyncio.sleep(0.25)  # the pause is what is measured
        await visit.chunk(b"data: b\n\n")
        await visit.chunk(b"")

    exchange, _ = ask(slow)
    first, second = exchange.chunks
    assert (first.data, second.data) == (b"data: a\n\n", b"data: b\n\n")
    assert second.at - first.at >= 0.2
    assert [event.at for event in exchange.stream.events] == [first.at, second.at]


def test_a_redirect_is_an_answer_and_nobody_follows_it() -> None:
    async def redirect(visit: Visit) -> None:
        await visit.answer(b"", 307, "location: /v1/stolen")

    exchange, visits = ask(redirect)
    assert exchange.status == 307
    assert [visit.path for visit in visits] == ["/v1/models"]


def test_the_key_is_sent_and_not_kept() -> None:
    exchange, (visit,) = ask(fine)
    assert visit.headers["authorization"] == f"Bearer {KEY}"
    assert dict(exchange.request.headers)["authorization"] == f"Bearer {HIDDEN}"
    assert KEY not in repr(exchange)
    assert not exchange.leaks_key


@pytest.mark.parametrize(
    ("options", "sent", "kept"),
    [
        ({"key": None}, None, None),
        ({"key": "sk-other"}, "Bearer sk-other", "Bearer sk-other"),
        ({"key": KEY, "headers": {"Authorization": f"bearer {KEY}"}}, f"bearer {KEY}", f"bearer {HIDDEN}"),
    ],
)
def test_another_key_or_none(options: dict[str, Any], sent: str | None, kept: str | None) -> None:
    exchange, (visit,) = ask(fine, **options)
    assert visit.headers.get("authorization") == sent
    assert dict(exchange.request.headers).get("authorization") == kept


@pytest.mark.parametrize("where", ["body", "header", "two chunks"])
def test_an_answer_that_holds_the_key_is_marked(where: str) -> None:
    async def leak(visit: Visit) -> None:
        if where == "header":
            return await visit.answer(b"{}", 401, f"x-echo: <{KEY}>")
        await visit.begin()
        cut = 5 if where == "two chunks" else len(KEY)
        await visit.chunk(b"key " + KEY[:cut].encode())
        await visit.chunk(KEY[cut:].encode() + b".")
        return await visit.chunk(b"")

    assert ask(leak)[0].leaks_key
    assert not ask(leak, key=None)[0].leaks_key


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY}\r\nx: y", f"{KEY}ü"])
def test_a_key_that_cannot_be_sent_is_not_shown(key: str) -> None:
    with pytest.raises(ValueError, match="no header takes") as refused:
        ask(fine, key=key)
    assert KEY not in str(refused.value)


@pytest.mark.parametrize(
    ("options", "kind", "body"),
    [
        ({}, None, b""),
        ({"json": {"a": "ü"}}, "application/json", b'{"a": "\\u00fc"}'),
        ({"json": []}, "application/json", b"[]"),
        ({"body": b"\xff"}, "application/json", b"\xff"),
        ({"body": b"{}", "headers": {"Content-Type": "text/plain"}}, "text/plain", b"{}"),
    ],
)
def test_a_body_is_sent_as_it_is(options: dict[str, Any], kind: str | None, body: bytes) -> None:
    exchange, (visit,) = ask(fine, **options)
    assert (visit.headers.get("content-type"), visit.body) == (kind, body)
    assert exchange.request.body == body
    assert visit.headers["accept-encoding"] == "identity"


@probe()
async def first(asker: Asker) -> Exchange:
    """Asks once."""
    return await asker.send(Draft("GET", "/v1/first", intent=Intent("", case="a case")))


@probe()
async def second(asker: Asker) -> tuple[Exchange, Exchange]:
    """Looks at the first, then asks."""
    return await asker.see(first), await asker.send(Draft("GET", "/v1/second"))


@probe()
async def blind(asker: Asker) -> Exchange:
    """Asks, and sees nothing."""
    await asker.send(Draft("GET", "/v1/blind"))
    raise Unseen("nothing there")


def test_a_probe_is_asked_once_and_names_what_it_asked() -> None:
    async def asking() -> tuple[Client, list[Visit]]:
        async with talking(fine) as (api, visits):
            await api.send(Draft("GET", "/v1/models"))
            pair = await api.see(second)
            assert await api.see(second) is pair
            assert await api.see(first) is pair[0]
            for _ in range(2):
                with pytest.raises(Unseen, match="nothing there"):
                    await api.see(blind)
            return api, visits

    api, visits = asyncio.run(asking())
    assert [visit.path for visit in visits] == ["/v1/models", "/v1/first", "/v1/second", "/v1/blind"]
    origins = [exchange.intent.origin for exchange in api.log]
    assert origins == ["preflight", "test_client.first", "test_client.second", "test_client.blind"]
    assert api.log[1].intent.case == "a case"


def test_sends_at_once_are_under_way_together() -> None:
    met = asyncio.Barrier(3)

    async def meeting(visit: Visit) -> None:
        await met.wait()
        await visit.answer(visit.path.encode())

    async def asking() -> list[bytes]:
        async with talking(meeting) as (api, _):
            found = await api.at_once([api.send(Draft("GET", f"/v1/{number}")) for number in range(3)])
            return [exchange.body for exchange in found]

    assert asyncio.run(asking()) == [b"/v1/0", b"/v1/1", b"/v1/2"]


@pytest.mark.parametrize(("needed", "seconds", "found"), [(1, 0, True), (3, 5, True), (1000, 0.2, False)])
def test_until_asks_again_and_again(needed: int, seconds: float, found: bool) -> None:
    asked = []

    async def done() -> bool:
        asked.append(1)
        return len(asked) >= needed

    async def asking() -> bool:
        async with talking(fine) as (api, _):
            return await api.until(done, seconds)

    assert asyncio.run(asking()) is found
    assert len(asked) == needed if found else 1 < len(asked) < 6


def test_whoever_watches_sees_each_exchange() -> None:
    seen: list[Exchange] = []

    async def asking() -> list[Exchange]:
        async with serving(fine) as (url, _):
            target = Target(url, f"{url}/v1")
            async with Client(target, seed=1, budget=Budget(time.monotonic() + 5), watch=seen.append) as api:
                await api.send(Draft("GET", "/v1/models"))
                await api.send(Draft("GET", "/health"))
                return api.log

    assert asyncio.run(asking()) == seen
    assert [exchange.request.url.rpartition(":")[2].partition("/")[2] for exchange in seen] == ["v1/models", "health"]


def test_a_body_is_kept_as_what_its_coding_says() -> None:
    async def packed(visit: Visit) -> None:
        await visit.answer(gzip.compress(b'{"a": 1}'), 200, "content-encoding: gzip")

    exchange, (visit,) = ask(packed, headers={"accept-encoding": "gzip"})
    assert visit.headers["accept-encoding"] == "gzip"
    assert (exchange.json, exchange.not_coded) == ({"a": 1}, "")


def test_a_body_that_is_not_coded_as_labelled_stays_as_it_is() -> None:
    async def plain(visit: Visit) -> None:
        await visit.answer(b'{"a": 1}', 200, "content-encoding: gzip")

    exchange, _ = ask(plain)
    assert exchange.json == {"a": 1}
    assert "gzip" in exchange.not_coded


def test_header_bytes_above_ascii_are_sent_as_utf_8() -> None:
    exchange, (visit,) = ask(fine, headers={"x-title": "Zoë"})
    assert visit.headers["x-title"].encode("latin-1").decode() == "Zoë"
    assert exchange.status == 200
