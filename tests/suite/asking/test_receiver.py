"""The receiver of a run, over real sockets: what it keeps, what it answers, and what it does not hear."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from wirecheck.asking import receiver
from wirecheck.asking.connection import BadConnection
from wirecheck.asking.inbox import MOST, Inbox, Reply
from wirecheck.asking.listening import Listening, is_here, listening
from wirecheck.asking.receiver import Listener, listen
from wirecheck.evidence.exchange import Request
from wirecheck.evidence.unseen import Unseen


@asynccontextmanager
async def hearing(where: Listening | None = None, seconds: float = 10) -> AsyncIterator[Listener]:
    """A receiver that is waited for so long at most."""
    end, words = time.monotonic() + seconds, iter("abcdefgh")
    listener = await listen(where or Listening(), lambda: next(words), lambda: end)
    try:
        yield listener
    finally:
        await listener.close()


async def sent(url: str, *pieces: bytes) -> bytes:
    """What comes back for some bytes."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def post(url: str, body: bytes = b"{}", *headers: str) -> bytes:
    """A request as clients write it."""
    path = urlsplit(url).path
    lines = [f"POST {path} HTTP/1.1", "Host: a", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def test_it_keeps_what_comes_and_answers_as_it_is_told() -> None:
    async def asking() -> tuple[Inbox, list[bytes]]:
        async with hearing() as listener:
            inbox = listener.inbox(Reply(503, (("retry-after", "3"),)), Reply(204))
            answers = [await sent(inbox.url, post(inbox.url, b'{"a": 1}', "Webhook-Id: x")) for _ in range(3)]
            return inbox, answers

    inbox, answers = asyncio.run(asking())
    assert [each.split(b"\r\n")[0] for each in answers] == [b"HTTP/1.1 503 "] + 2 * [b"HTTP/1.1 204 "]
    assert b"retry-after: 3" in answers[0]
    assert [each.answered for each in inbox.arrivals] == [503, 204, 204]
    first = inbox.arrivals[0]
    assert (first.request.method, first.json, first.header("webhook-id")) == ("POST", {"a": 1}, "x")
    assert abs(first.at - time.time()) < 60


def test_it_reads_bodies_in_chunks_and_those_that_wait_to_be_sent() -> None:
    async def asking() -> list[bytes]:
        async with hearing() as listener:
            inbox = listener.inbox()
            path = urlsplit(inbox.url).path
            chunked = f"POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            await sent(inbox.url, chunked, b"2\r\n{}\r\n", b"0\r\n\r\n")
            waiting = await sent(inbox.url, post(inbox.url, b"[]", "Expect: 100-continue"))
            assert b" 200 " in waiting
            return [each.request.body for each in inbox.arrivals]

    assert asyncio.run(asking()) == [b"{}", b"[]"]


def test_it_hears_nothing_else() -> None:
    async def asking() -> tuple[Inbox, list[bytes]]:
        async with hearing() as listener:
            inbox = listener.inbox()
            head = post(inbox.url, b"", f"X: {'x' * 200_000}")
            large = post(inbox.url, b"x" * (receiver.LARGEST + 1))
            other = post(f"{inbox.url}/more")
            return inbox, [await sent(inbox.url, each) for each in (b"\x00\xff\r\n\r\n", head, large, other)]

    inbox, answers = asyncio.run(asking())
    assert not inbox.arrivals
    assert b" 404 " in answers[-1]
    assert not any(b" 200 " in each for each in answers)


def test_a_wait_ends_with_what_comes_with_its_time_and_with_the_run() -> None:
    async def asking(seconds: float) -> bool:
        async with hearing(seconds=seconds) as listener:
            inbox = listener.inbox()
            assert not await listener.until(lambda: bool(inbox.arrivals), 0.01)
            waiting = asyncio.create_task(listener.until(lambda: bool(inbox.arrivals), 30))
            if seconds > 1:
                await sent(inbox.url, post(inbox.url))
            return await waiting

    assert asyncio.run(asking(20))
    assert not asyncio.run(asking(0.05))


def test_a_place_that_is_taken_is_no_fault_of_the_server() -> None:
    async def asking() -> None:
        async with hearing() as listener:
            port = urlsplit(listener.inbox().url).port
            with pytest.raises(Unseen, match="nothing can be heard"):
                async with hearing(Listening(port=port or 0)):
                    pass

    asyncio.run(asking())


def test_who_sends_without_end_fills_no_memory() -> None:
    inbox = Inbox("http://a/b")
    for _ in range(MOST + 5):
        inbox.take(Request("POST", "/b", "http://a/b"), 0, 0)
    assert len(inbox.arrivals) == MOST


def test_what_a_user_says_of_it() -> None:
    assert listening(None, None).address(5) == "http://127.0.0.1:5"
    assert not listening(None, None).chosen
    assert listening("[::1]:80", None).address(80) == "http://[::1]:80"
    tunnel = listening("0.0.0.0:8765", "https://tunnel.example.com/hooks/")
    assert (tunnel.port, tunnel.address(1), tunnel.chosen) == (8765, "https://tunnel.example.com/hooks", True)


@pytest.mark.parametrize(
    ("where", "url"),
    [
        ("127.0.0.1", None),
        ("127.0.0.1:x", None),
        ("127.0.0.1:70000", None),
        ("0.0.0.0:80", None),
        (None, "ftp://a"),
        (None, "https://user:word@a"),
        (None, "https://a/?b"),
        (None, "https://a:b"),
    ],
)
def test_what_cannot_be_meant(where: str | None, url: str | None) -> None:
    with pytest.raises(BadConnection):
        listening(where, url)


def test_which_servers_are_on_this_machine() -> None:
    assert all(
        map(is_here, ("http://localhost:1/v1", "http://127.1.2.3/v1", "http://[::1]:8/v1", "http://a.localhost"))
    )
    assert not any(map(is_here, ("https://api.example.com/v1", "http://10.0.0.1:8000/v1")))
