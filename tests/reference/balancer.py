"""One address in front of several servers, which take its connections in turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from urllib.parse import urlsplit


@contextmanager
def balanced(*urls: str) -> Iterator[tuple[str, list[int]]]:
    """The address, and how many connections each server was given so far. What one end closes closes the other."""
    given = [0] * len(urls)
    turns = cycle(enumerate(map(urlsplit, urls)))

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, server = next(turns)
        given[number] += 1
        answers, asks = await asyncio.open_connection(server.hostname, server.port)
        ways = (asyncio.create_task(_pass_on(reader, asks)), asyncio.create_task(_pass_on(answers, writer)))
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (asks, writer):
                end.close()

    loop = asyncio.new_event_loop()
    front = loop.run_until_complete(asyncio.start_server(connect, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{front.sockets[0].getsockname()[1]}", given
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        front.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
