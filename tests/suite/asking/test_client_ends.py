"""How answers end that do not end well, and when the client stops asking."""

from __future__ import annotations

import asyncio
import time

import pytest
from wirecheck.areas.chat import asking as chats
from wirecheck.asking import client as module
from wirecheck.asking.client import GIVE_UP, Budget, Client
from wirecheck.asking.draft import Draft
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone

from tests.suite.scripted import Script, Visit
from tests.suite.talking import ask, fine, silent, slammed, talking


def test_an_endless_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ANSWER", 50_000)

    async def endless(visit: Visit) -> None:
        await visit.begin()
        while not visit.gone.is_set():
            await visit.chunk(b"x" * 1000)

    exchange, _ = ask(endless)
    assert (exchange.status, exchange.end) == (200, "too long")
    assert 50_000 < len(exchange.body) < 1_000_000


def test_a_server_that_says_nothing_gives_no_answer() -> None:
    exchange, visits = ask(silent, patience=0.3)
    assert (exchange.status, exchange.end) == (None, "no answer")
    assert "nothing more within" in exchange.error
    assert exchange.seconds < 3
    assert len(visits) == 1


def test_an_answer_that_stops_in_the_middle_is_timed_out() -> None:
    async def stuck(visit: Visit) -> None:
        await visit.begin()
        await visit.chunk(b"data: a\n\n")
        await visit.gone.wait()

    exchange, _ = ask(stuck, patience=0.3)
    assert (exchange.status, exchange.end, exchange.body) == (200, "timeout", b"data: a\n\n")


def test_an_answer_that_breaks_in_the_middle_is_broken() -> None:
    async def broken(visit: Visit) -> None:
        await visit.raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello")

    exchange, _ = ask(broken)
    assert (exchange.status, exchange.end, exchange.body) == (200, "broken", b"hello")
    assert exchange.error


async def garbage(visit: Visit) -> None:
    await visit.raw(b"SSH-2.0-OpenSSH\r\n\r\n")


@pytest.mark.parametrize("script", [slammed, garbage])
def test_what_closes_the_connection_gives_no_answer(script: Script) -> None:
    exchange, _ = ask(script)
    assert (exchange.status, exchange.end) == (None, "lost")
    assert exchange.error


@pytest.mark.parametrize("root", ["http://127.0.0.1:1", "http://a b", "http://[::1", "nothing"])
def test_an_address_where_nobody_is_answers_nothing(root: str) -> None:
    async def asking() -> Exchange:
        async with Client(Target(root, f"{root}/v1"), seed=1, budget=Budget(time.monotonic() + 5)) as api:
            return await api.send(Draft("GET", "/v1/models"))

    exchange = asyncio.run(asking())
    assert (exchange.status, exchange.end) == (None, "lost")
    assert exchange.error


@pytest.mark.parametrize("parts", [[b"data: [DONE]\n\n"], [b"data: [DO", b"NE]\n\n"], [b'{"finish_reason": "stop"}']])
def test_a_body_that_stays_open_after_its_end_is_left_soon(parts: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "LINGER", 0.2)
    monkeypatch.setattr(chats, "LINGER_FINISHED", 0.2)

    async def lingering(visit: Visit) -> None:
        await visit.begin()
        for part in parts:
            await visit.chunk(part)
        await visit.gone.wait()

    exchange, _ = ask(lingering, patience=30, ends=chats.ends({}))
    assert (exchange.end, exchange.body) == ("timeout", b"".join(parts))
    assert exchange.seconds < 5
    assert "stays open" in exchange.error


def test_a_body_that_is_not_over_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "LINGER", 0.1)

    async def slow(visit: Visit) -> None:
        await visit.begin()
        await visit.chunk(b'data: {"finish_reason": null}\n\n')
        await asyncio.sleep(0.4)  # longer than a body that is over may stay open
        await visit.chunk(b"data: [DONE]\n\n")
        await visit.chunk(b"")

    assert ask(slow, ends=chats.ends({}))[0].end == "complete"


def test_a_client_that_leaves_is_gone() -> None:
    async def asking() -> Exchange:
        async def endless(visit: Visit) -> None:
            await visit.begin()
            await visit.chunk(b"hello")
            await visit.gone.wait()

        async with talking(endless) as (api, visits):
            exchange = await api.send(Draft("GET", "/v1/models", leave_after=3))
            await asyncio.wait_for(visits[0].gone.wait(), 5)
            return exchange

    exchange = asyncio.run(asking())
    assert (exchange.end, exchange.body, exchange.status) == ("left", b"hello", 200)


def test_a_client_that_leaves_before_the_first_byte_is_gone_and_blames_nobody() -> None:
    async def asking() -> list[Exchange]:
        async with talking(silent) as (api, visits):
            for _ in range(GIVE_UP):
                await api.send(Draft("POST", "/v1/models", json={}, leave_after=0))
                await asyncio.wait_for(visits[-1].gone.wait(), 5)
            assert (api.budget.silent, visits[0].body) == (0, b"{}")
            return api.log

    for exchange in asyncio.run(asking()):
        assert (exchange.end, exchange.status, exchange.unanswered) == ("left", None, False)


def test_nothing_is_sent_once_the_time_is_spent() -> None:
    async def asking() -> list[Visit]:
        async with talking(fine, seconds=-1) as (api, visits):
            with pytest.raises(Gone, match="time was spent"):
                await api.send(Draft("GET", "/v1/models"))
            assert api.log == []
            return visits

    assert asyncio.run(asking()) == []


def test_the_runs_end_is_the_last_answers_end() -> None:
    async def asking() -> list[Exchange]:
        async with talking(silent, patience=60, seconds=0.4) as (api, _):
            with pytest.raises(Gone, match="time was spent"):
                await api.send(Draft("GET", "/v1/models"))
            return api.log

    assert asyncio.run(asking()) == [], "what we cut off is nothing to blame a server for"


def test_a_server_that_is_silent_again_and_again_is_gone() -> None:
    async def asking() -> list[Visit]:
        async with talking(slammed) as (api, visits):
            for _ in range(GIVE_UP):
                await api.send(Draft("GET", "/v1/models"))
            with pytest.raises(Gone, match="3 requests in a row"):
                await api.send(Draft("GET", "/v1/models"))
            return visits

    assert len(asyncio.run(asking())) == GIVE_UP == 3


def test_an_answer_makes_silence_forgotten() -> None:
    async def mostly(visit: Visit) -> None:
        if visit.path.endswith("fine"):
            await fine(visit)

    async def asking() -> None:
        async with talking(mostly) as (api, _):
            for path in ["a", "b", "fine", "c", "d", "fine", "e", "f"]:
                await api.send(Draft("GET", f"/v1/{path}"))
            assert len(api.log) == 8

    asyncio.run(asking())


@pytest.mark.parametrize(("path", "statuses"), [("/v1/models", [200, 200]), ("/slam", [200, None])])
def test_a_kept_connection_that_closes_is_no_answer_to_anything(path: str, statuses: list[int | None]) -> None:
    over: list[asyncio.Event] = []

    async def closes_what_it_kept_open(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers the first request on a connection, and closes it at the second without a word."""
        over.append(asyncio.Event())
        mine = over[-1]
        if b"/slam" not in await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            await reader.read(1)
        writer.close()
        await writer.wait_closed()
        mine.set()

    async def asking() -> list[int | None]:
        server = await asyncio.start_server(closes_what_it_kept_open, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            async with Client(Target(url, f"{url}/v1", timeout=5), seed=1, budget=Budget(time.monotonic() + 20)) as api:
                found = [(await api.send(Draft("GET", each))).status for each in ("/v1/models", path)]
            for each in over:
                await each.wait()
        return found

    assert asyncio.run(asking()) == statuses


def test_comments_do_not_keep_a_body_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "LINGER", 0.3)

    async def pinging(visit: Visit) -> None:
        await visit.begin()
        await visit.chunk(b"data: [DONE]\n\n")
        while not visit.gone.is_set():
            await visit.chunk(b": ping\n\n")
            await asyncio.sleep(0.02)

    exchange, _ = ask(pinging, patience=30, ends=chats.ends({}))
    assert exchange.end == "timeout"
    assert exchange.seconds < 5


def test_the_first_of_several_choices_to_finish_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "LINGER_FINISHED", 0.1)

    async def in_turn(visit: Visit) -> None:
        await visit.begin()
        await visit.chunk(b'data: {"choices": [{"index": 0, "finish_reason": "stop"}]}\n\n')
        await asyncio.sleep(0.3)  # longer than an answer of one choice may take
        await visit.chunk(b'data: {"choices": [{"index": 1, "finish_reason": "stop"}]}\n\n')
        await visit.chunk(b"")

    assert ask(in_turn, ends=chats.ends({"n": 2}))[0].end == "complete"


LINES_OF_ERRORS = [b'{"error": {"code": "x"}}\n', b'{"finish_reason": "stop"}\n', b"[DONE]\n", b'{"id": 3}\n']


def test_a_body_of_which_nobody_tells_when_it_ends_comes_whole() -> None:
    """A download may hold errors, and the last word of streams, and go on after them."""

    async def in_pieces(visit: Visit) -> None:
        await visit.begin("content-type: application/jsonl")
        for line in LINES_OF_ERRORS:
            await visit.chunk(line)
            await asyncio.sleep(0.6)  # together longer than a chat answer that is over may stay open
        await visit.chunk(b"")

    exchange, _ = ask(in_pieces, patience=30)
    assert (exchange.end, exchange.body) == ("complete", b"".join(LINES_OF_ERRORS))


@pytest.mark.parametrize(
    ("key", "told", "statuses"),
    [("", "0", [429, 200]), ("another", "0", [429]), ("", "9999", [429]), ("", "soon", [429])],
)
def test_what_is_shed_is_sent_again_when_the_server_says(key: str, told: str, statuses: list[int]) -> None:
    async def asking() -> list[int | None]:
        seen: list[str] = []

        async def sheds_once(visit: Visit) -> None:
            seen.append(visit.path)
            await visit.answer(b"{}", 429 if len(seen) == 1 else 200, f"retry-after: {told}")

        async with talking(sheds_once) as (api, _):
            await api.send(Draft("GET", "/v1/models", key=key))
            return [each.status for each in api.log]

    assert asyncio.run(asking()) == statuses
