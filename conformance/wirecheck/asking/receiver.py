"""A small HTTP server for what the judged server sends: keeps it, and answers as it is told. Has no opinion of it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import h11

from wirecheck.asking.inbox import Inbox, Reply
from wirecheck.asking.listening import Listening
from wirecheck.evidence.exchange import Request
from wirecheck.evidence.unseen import Unseen

# Bytes of a body, and seconds that a request may take: more is cut, and not kept.
LARGEST: Final = 1024 * 1024
SLOWEST: Final = 10.0
_PIECE: Final = 65536


class Listener:
    """A receiver on a socket; one for a run, opened when it is first wanted."""

    def __init__(
        self, server: asyncio.Server, address: str, token: Callable[[], str], end: Callable[[], float]
    ) -> None:
        self._server = server
        self._address = address
        self._token = token
        self._end = end
        self._inboxes: dict[str, Inbox] = {}
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def inbox(self, *replies: Reply) -> Inbox:
        """See `wirecheck.asking.inbox.Receiver`."""
        url = f"{self._address}/{self._token()}"
        made = Inbox(url, deque(replies or (Reply(),)))
        self._inboxes[urlsplit(url).path] = made
        return made

    async def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """See `wirecheck.asking.inbox.Receiver`. The end of the run ends it too."""
        end = min(time.monotonic() + seconds, self._end())
        while not done():
            self._news.clear()
            try:
                async with asyncio.timeout(end - time.monotonic()):
                    await self._news.wait()
            except TimeoutError:
                return done()
        return True

    async def close(self) -> None:
        """Hears no more."""
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def heard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one request, and closes the connection."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio runs it as one
        self._tasks.add(task)
        try:
            async with asyncio.timeout(SLOWEST):
                await self._answer(h11.Connection(h11.SERVER), reader, writer)
        except (TimeoutError, OSError, h11.ProtocolError, asyncio.CancelledError):
            pass  # whoever sends half a request is not heard
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, talk: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = talk.next_event()
            if event is h11.NEED_DATA:
                if talk.they_are_waiting_for_100_continue:
                    writer.write(talk.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
                talk.receive_data(await reader.read(_PIECE))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > LARGEST:
                    return
            else:
                break
        if head is None:
            return
        reply = self._taken(head, bytes(body))
        headers = [*reply.headers, ("content-length", "0"), ("connection", "close")]
        writer.write(talk.send(h11.Response(status_code=reply.status, headers=headers)) or b"")
        writer.write(talk.send(h11.EndOfMessage()) or b"")
        await writer.drain()

    def _taken(self, head: h11.Request, body: bytes) -> Reply:
        path = head.target.decode("ascii")
        inbox = self._inboxes.get(path)
        if inbox is None:
            return Reply(404)
        headers = tuple((name.decode("ascii"), value.decode("latin-1")) for name, value in head.headers)
        request = Request(head.method.decode("ascii"), path, inbox.url, headers, body)
        reply = inbox.take(request, time.time(), time.monotonic())
        self._news.set()
        return reply


async def listen(where: Listening, token: Callable[[], str], end: Callable[[], float]) -> Listener:
    """Listens from now on. `token` makes a word that nobody guesses, `end` tells by when nothing is waited for.

    Raises `Unseen` where that cannot be.
    """
    made: list[Listener] = []

    async def heard(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await made[0].heard(reader, writer)

    try:
        server = await asyncio.start_server(heard, where.host, where.port)
    except OSError as error:
        raise Unseen(f"nothing can be heard at {where.host}:{where.port}: {error.strerror or error}") from None
    port = server.sockets[0].getsockname()[1]
    made.append(Listener(server, where.address(port), token, end))
    return made[0]
