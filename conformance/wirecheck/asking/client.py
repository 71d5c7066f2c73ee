"""The HTTP client: the only way to the network. Knows requests, limits and the clock; has no opinion of an answer."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from secrets import token_hex
from typing import Any, Final, TypeVar

import httpx2

from wirecheck.asking.answer import LARGEST_ANSWER, Answer, Left
from wirecheck.asking.connection import Connection
from wirecheck.asking.draft import OWN, Draft, in_pieces
from wirecheck.asking.inbox import Receiver
from wirecheck.asking.probe import Probe
from wirecheck.asking.receiver import Listener, listen
from wirecheck.asking.target import SHORTEST, Target, leaks, sendable
from wirecheck.asking.trust import verification
from wirecheck.evidence.exchange import HIDDEN, UNSHOWN, End, Exchange, Request
from wirecheck.evidence.unseen import Gone, Unseen

T = TypeVar("T")

# So many requests in a row without any answer, and the server counts as gone.
GIVE_UP: Final = 3

# A request that is shed is sent again after the seconds that its answer names, if they are few, so many times.
PATIENCE: Final = 20
TRIES: Final = 3


@dataclass
class Budget:
    """The run's end on the monotonic clock, and the number of requests in a row that got no answer.

    `spent`: something was not asked to its end because the time was over; `given_up`: because the server kept silent.
    """

    deadline: float
    silent: int = 0
    spent: bool = False
    given_up: bool = False

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.deadline - time.monotonic()


class Client:
    """An asker over HTTP/1.1: sends what probes ask, keeps every exchange in `log`, and asks each probe once."""

    def __init__(
        self,
        target: Target,
        *,
        seed: int,
        budget: Budget,
        quick: bool = False,
        thorough: bool = False,
        origin: str = "preflight",
        left_out: frozenset[str] = frozenset(),
        watch: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self.target = target
        self.random = Random(seed)  # noqa: S311 - nonces that can be repeated, nothing secret
        self.budget = budget
        self.quick = quick
        self.thorough = thorough
        self._origin = origin
        self._left_out = left_out
        self.log: list[Exchange] = []
        self._watch = watch
        self._seen: dict[str, Any] = {}
        self._clients = {"": _client(target.connection, None)}
        self._listener: Listener | None = None

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._clients.values():
            await each.aclose()
        if self._listener is not None:
            await self._listener.close()

    def leaves_out(self, probe: Probe[Any]) -> bool:
        """Whether the run does not ask for what a probe finds."""
        return probe.name in self._left_out

    async def see(self, probe: Probe[T]) -> T:
        """What a probe saw; asked at the first call, remembered afterwards."""
        if probe.name not in self._seen:
            return await self.ask(probe)
        seen: T | Unseen = self._seen[probe.name]
        if isinstance(seen, Unseen):
            raise seen
        return seen

    async def ask(self, probe: Probe[T]) -> T:
        """What a probe sees now, whoever asked it before; remembered for all who look at it later."""
        before, self._origin = self._origin, probe.name
        try:
            self._seen[probe.name] = seen = await probe.ask(self)
        except Unseen as unseen:
            self._seen[probe.name] = unseen
            raise
        finally:
            self._origin = before
        return seen

    async def at_once(self, sends: Sequence[Awaitable[T]]) -> list[T]:
        """All results, in the order asked."""
        return list(await asyncio.gather(*sends))

    async def until(self, done: Callable[[], Awaitable[bool]], seconds: float) -> bool:
        """Asks `done` at once, and then with pauses of 0.1 s and more: four times in 2 s."""
        end = time.monotonic() + min(seconds, max(self.budget.left, 0))
        pause = 0.1
        while not await done():
            if time.monotonic() + pause > end:
                return False
            await asyncio.sleep(pause)
            pause *= 3
        return True

    async def receiver(self) -> Receiver:
        """See `wirecheck.asking.probe.Asker.receiver`: opened at the first call, closed with the client."""
        if self._listener is None:
            self._listener = await listen(self.target.listening, lambda: token_hex(16), lambda: self.budget.deadline)
        return self._listener

    async def send(self, draft: Draft) -> Exchange:
        """See `wirecheck.asking.probe.Asker.send`. Raises `Gone` when nothing more may be sent, never for an answer.

        What a full server sheds is sent again when the server says, unless with a key that is there to be shed. Raises
        ValueError for a key that is not `wirecheck.asking.target.sendable`: an HTTP client would show it in its error.
        """
        for _ in range(TRIES - 1):
            exchange = await self._send(draft)
            wait = _pause(exchange)
            if wait is None or draft.key not in (OWN, self.target.key) or wait > self.budget.left:
                return exchange
            await asyncio.sleep(wait)
        return await self._send(draft)

    async def _send(self, draft: Draft) -> Exchange:
        if self.budget.left <= 0:
            self.budget.spent = True
            raise Gone("the run's time was spent before this was asked")
        if self.budget.silent >= GIVE_UP:
            self.budget.given_up = True
            raise Gone(f"the server left {GIVE_UP} requests in a row without an answer")
        content = json.dumps(draft.json).encode() if draft.json is not None else draft.body
        connection = self.target.connection
        headers = {name.lower(): value for name, value in connection.headers}
        headers |= {"content-type": "application/json"} if content is not None else {}
        headers |= {name.lower(): value for name, value in draft.headers.items()}
        own = self.target.key if draft.key == OWN else draft.key
        if own and not sendable(own):
            raise ValueError("the key holds what no header takes")
        carrier, carried = self.target.authorized(own or "")
        if own:
            headers.setdefault(carrier, carried)
        # A made-up key is no secret: evidence must show that it was not the target's own.
        after = self.target.names().get(own or "")
        hidden = None if after is None or not own else HIDDEN + after

        def shown_value(name: str, value: str) -> str:
            if name in connection.hidden and (name, value) in given:
                return UNSHOWN
            # A key of a few letters may be a part of any other header's value.
            keyed = own and hidden and (name in ("authorization", carrier) or len(own) >= SHORTEST)
            return value.replace(own, hidden) if own and hidden and keyed else value

        given = {(name.lower(), value) for name, value in connection.headers}
        shown = tuple((name, shown_value(name, value)) for name, value in headers.items())
        request = Request(draft.method, draft.path, self.target.url(draft.path), shown, content or b"")
        answer = Answer(time.monotonic(), draft.ends, leaves=draft.leave_after == 0)
        when = time.time()
        end, error = await self._perform(answer, request, content, headers, draft)
        exchange = Exchange(
            request,
            answer.status,
            answer.headers,
            tuple(answer.chunks),
            end,
            error,
            time.monotonic() - answer.began,
            when,
            replace(draft.intent, origin=self._origin),
            leaks_key=bool(own) and leaks(own or "", answer.headers, b"".join(chunk.data for chunk in answer.chunks)),
            not_coded=answer.not_coded,
        )
        if exchange.end != "left":
            self.budget.silent = self.budget.silent + 1 if exchange.unanswered else 0
        self.log.append(exchange)
        self._watch(exchange)
        return exchange

    async def _perform(
        self,
        answer: Answer,
        request: Request,
        content: bytes | None,
        headers: dict[str, str],
        draft: Draft,
    ) -> tuple[End, str]:
        limit = min(self.target.timeout, self.budget.left)
        try:
            async with asyncio.timeout(limit):
                return await self._exchange(answer, request, content, headers, draft)
        except Left:
            return "left", ""
        except TimeoutError:
            if self.budget.left <= 0:
                # Cut by us: the server might have answered yet.
                self.budget.spent = True
                raise Gone("the run's time was spent while this was asked") from None
            end: End = "timeout" if answer.status is not None else "no answer"
            return end, f"nothing more within {limit:.0f} s"
        except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError) as error:
            if answer.status is None and not answer.fresh:
                # A server may close a connection that it kept open at any time (RFC 9112 section 9.5).
                answer.began = time.monotonic()
                return await self._perform(answer, request, content, headers, draft)
            return answer.lost(error)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as error:
            return answer.lost(error)

    async def _exchange(
        self,
        answer: Answer,
        request: Request,
        content: bytes | None,
        headers: dict[str, str],
        draft: Draft,
    ) -> tuple[End, str]:
        tracing = {"trace": answer.trace}
        if draft.connection not in self._clients:
            self._clients[draft.connection] = _client(self.target.connection, 1)
        stream = self._clients[draft.connection].stream(
            request.method,
            request.url,
            content=in_pieces(content) if content and headers.get("transfer-encoding") else content,
            headers=[(name.encode("ascii"), value.encode()) for name, value in headers.items()],
            extensions=tracing,
        )
        async with stream as response:
            answer.begin(response.status_code, tuple(response.headers.multi_items()))
            parts = response.aiter_raw().__aiter__()
            while True:
                try:
                    async with asyncio.timeout(answer.deadline and answer.deadline - time.monotonic()):
                        data = await anext(parts)
                except StopAsyncIteration:
                    answer.end()
                    if content and response.status_code >= 400 and not draft.connection:
                        # Whether the refused body was read is a question of its own: who asks next is no part of it.
                        await response.extensions["network_stream"].aclose()
                    return "complete", ""
                except TimeoutError:
                    return "timeout", "the body stays open though the answer said that it is over"
                answer.take(data)
                if draft.leave_after and answer.size >= draft.leave_after:
                    return "left", ""
                if answer.size > LARGEST_ANSWER:
                    return "too long", f"cut at {LARGEST_ANSWER} bytes"


@cache
def _authorities() -> ssl.SSLContext:
    """The client's own list, read once: a run has several clients."""
    return httpx2.create_ssl_context(trust_env=False)


def _client(connection: Connection, connections: int | None) -> httpx2.AsyncClient:
    told = verification(connection)
    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=False,
        verify=_authorities() if told is True else told,
        proxy=connection.proxy,
        timeout=None,
        limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=connections or 20),
        headers={"accept": "*/*", "accept-encoding": "identity", "user-agent": "wirecheck"},
    )


def _pause(exchange: Exchange) -> float | None:
    """The seconds after which a request that was shed may be sent again; None where it was not, or not soon."""
    wait = exchange.retry_after if exchange.shed else None
    return wait if wait is not None and wait <= PATIENCE else None
