"""The HTTP client: the only way to the network. Knows requests, limits and the clock; has no opinion of an answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from random import Random
from typing import Any, Final, TypeVar

import httpx2

from wirecheck.asking.draft import OWN, Draft, Ends
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target, leaks, sendable
from wirecheck.evidence.exchange import HIDDEN, Chunk, End, Exchange, Request
from wirecheck.evidence.unseen import Gone, Unseen

T = TypeVar("T")

LARGEST_ANSWER: Final = 2 * 2**20
# So many requests in a row without any answer, and the server counts as gone.
GIVE_UP: Final = 3

# A request that is shed is sent again after the seconds that its answer names, if they are few, so many times.
PATIENCE: Final = 20
TRIES: Final = 3

# So many bytes before the newest are shown to who tells when an answer has ended.
_TAIL: Final = 64


@dataclass
class Budget:
    """The run's end on the monotonic clock, and the number of requests in a row that got no answer."""

    deadline: float
    silent: int = 0

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.deadline - time.monotonic()


@dataclass
class _Answer:
    """An answer as it comes in. `fresh`: over a connection that was opened for it.

    `deadline`, on the monotonic clock, is when it must have ended, once `ends` has said so.
    """

    began: float
    ends: Ends | None = None
    fresh: bool = False
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    chunks: list[Chunk] = field(default_factory=list)
    size: int = 0
    tail: bytes = b""
    deadline: float | None = None

    def take(self, data: bytes) -> None:
        now = time.monotonic()
        self.chunks.append(Chunk(now - self.began, data))
        self.size += len(data)
        if self.ends is None:
            return
        seen = self.tail + data
        self.tail = seen[-_TAIL:]
        seconds = self.ends(seen)
        if seconds is not None:
            self.deadline = now + seconds if self.deadline is None else min(self.deadline, now + seconds)

    async def trace(self, event: str, _: Any) -> None:
        self.fresh = self.fresh or event.startswith("connection.")


class Client:
    """An asker over HTTP/1.1: sends what probes ask, keeps every exchange in `log`, and asks each probe once."""

    def __init__(
        self,
        target: Target,
        *,
        seed: int,
        budget: Budget,
        quick: bool = False,
        origin: str = "preflight",
        watch: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self.target = target
        self.random = Random(seed)  # noqa: S311 - nonces that can be repeated, nothing secret
        self.budget = budget
        self.quick = quick
        self._origin = origin
        self.log: list[Exchange] = []
        self._watch = watch
        self._seen: dict[str, Any] = {}
        self._client = httpx2.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            timeout=None,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=20),
            headers={"accept": "*/*", "accept-encoding": "identity", "user-agent": "wirecheck"},
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

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
            raise Gone("the run's time was spent before this was asked")
        if self.budget.silent >= GIVE_UP:
            raise Gone(f"the server left {GIVE_UP} requests in a row without an answer")
        content = json.dumps(draft.json).encode() if draft.json is not None else draft.body
        headers = {"content-type": "application/json"} if content is not None else {}
        headers |= {name.lower(): value for name, value in draft.headers.items()}
        own = self.target.key if draft.key == OWN else draft.key
        if own and not sendable(own):
            raise ValueError("the key holds what no header takes")
        if own:
            headers.setdefault("authorization", f"Bearer {own}")
        # A made-up key is no secret: evidence must show that it was not the target's own.
        after = self.target.names().get(own or "")
        hidden = None if after is None else HIDDEN + after
        shown = tuple(
            (name, value.replace(own, hidden) if own and hidden else value) for name, value in headers.items()
        )
        request = Request(draft.method, draft.path, self.target.url(draft.path), shown, content or b"")
        answer = _Answer(time.monotonic(), draft.ends)
        when = time.time()
        end, error = await self._perform(answer, request, content, headers, draft.leave_after)
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
        )
        self.budget.silent = 0 if exchange.status is not None else self.budget.silent + 1
        self.log.append(exchange)
        self._watch(exchange)
        return exchange

    async def _perform(
        self,
        answer: _Answer,
        request: Request,
        content: bytes | None,
        headers: dict[str, str],
        leave_after: int | None,
    ) -> tuple[End, str]:
        limit = min(self.target.timeout, self.budget.left)
        try:
            async with asyncio.timeout(limit):
                return await self._exchange(answer, request, content, headers, leave_after)
        except TimeoutError:
            if self.budget.left <= 0:
                # Cut by us: the server might have answered yet.
                raise Gone("the run's time was spent while this was asked") from None
            end: End = "timeout" if answer.status is not None else "no answer"
            return end, f"nothing more within {limit:.0f} s"
        except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError) as error:
            if answer.status is None and not answer.fresh:
                # A server may close a connection that it kept open at any time (RFC 9112 section 9.5).
                answer.began = time.monotonic()
                return await self._perform(answer, request, content, headers, leave_after)
            return _ended(answer, error)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as error:
            return _ended(answer, error)

    async def _exchange(
        self,
        answer: _Answer,
        request: Request,
        content: bytes | None,
        headers: dict[str, str],
        leave_after: int | None,
    ) -> tuple[End, str]:
        tracing = {"trace": answer.trace}
        stream = self._client.stream(request.method, request.url, content=content, headers=headers, extensions=tracing)
        async with stream as response:
            answer.status = response.status_code
            answer.headers = tuple(response.headers.multi_items())
            parts = response.aiter_raw().__aiter__()
            while True:
                try:
                    async with asyncio.timeout(answer.deadline and answer.deadline - time.monotonic()):
                        data = await anext(parts)
                except StopAsyncIteration:
                    return "complete", ""
                except TimeoutError:
                    return "timeout", "the body stays open though the answer said that it is over"
                answer.take(data)
                if leave_after is not None and answer.size >= leave_after:
                    return "left", ""
                if answer.size > LARGEST_ANSWER:
                    return "too long", f"cut at {LARGEST_ANSWER} bytes"


def _ended(answer: _Answer, error: Exception) -> tuple[End, str]:
    end: End = "broken" if answer.status is not None else "lost"
    return end, f"{type(error).__name__}: {str(error) or 'the connection was lost'}"


def _pause(exchange: Exchange) -> float | None:
    """The seconds after which a request that was shed may be sent again; None where it was not, or not soon."""
    wait = _told(exchange) if exchange.shed else None
    return wait if wait is not None and wait <= PATIENCE else None


def _told(exchange: Exchange) -> float | None:
    """The seconds that a server says to wait: in milliseconds, as SDKs read it first, in seconds, or as a date."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        told = exchange.header(name) or ""
        if told.isascii() and told.isdigit() and len(told) <= 7:
            return int(told) / unit
    try:
        date = parsedate_to_datetime(exchange.header("retry-after") or "")
    except ValueError:
        return None
    return max(date.timestamp() - time.time(), 0.0) if date.tzinfo else None
