"""One attempt at a delivery: signed, sent to an address that was looked at, answered or not. Knows no database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, Final

import httpx2
from pydantic_core import to_json
from standardwebhooks import Webhook

from wirecheck_reference.jobs.targets import Address, Forbidden, Targets, Unresolved

# Bytes of an answer, and seconds that are taken for them, so that a receiver sees it read; none of them is kept.
_READ: Final = 16 * 1024
_READING: Final = 1.0
_AGENT: Final = f"wirecheck/{version('wirecheck')}"


@dataclass(frozen=True, slots=True)
class Post:
    """A request to an endpoint."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a status, None where nothing came, and why not; `retry_after` is in seconds, None if unsaid."""

    status: int | None
    error: str | None = None
    retry_after: float | None = None


def post_of(event: Mapping[str, Any], url: str, secrets: Iterable[str], now: float) -> Post:
    """The request that tells of an event, made at a time in Unix seconds, signed with each secret.

    Standard Webhooks: the event's id stays, the time is that of the attempt.
    """
    body = to_json(event)
    at = datetime.fromtimestamp(int(now), UTC)
    signatures = [Webhook(secret).sign(event["id"], at, body.decode()) for secret in secrets]
    headers = {
        "content-type": "application/json",
        "user-agent": _AGENT,
        "webhook-id": event["id"],
        "webhook-timestamp": str(int(now)),
        "webhook-signature": " ".join(signatures),
    }
    return Post(url, headers, body)


class Poster:
    """Sends requests, each with so many seconds for all of it. The client is made when it is needed."""

    def __init__(self, targets: Targets, seconds: float) -> None:
        self._targets = targets
        self._seconds = seconds
        self._made: httpx2.AsyncClient | None = None

    async def post(self, post: Post) -> Outcome:
        """Sends one. Never raises for what the other side does."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._post(post)
        except TimeoutError:
            return Outcome(None, "timeout")
        except Forbidden:
            return Outcome(None, "forbidden_target")
        except Unresolved:
            return Outcome(None, "unknown_host")
        except (httpx2.TransportError, httpx2.InvalidURL, OSError) as error:
            return Outcome(None, "connection_failed" if isinstance(error, httpx2.ConnectError) else "no_answer")

    async def stop(self) -> None:
        """Closes what is open."""
        if self._made is not None:
            await self._made.aclose()

    async def _post(self, post: Post) -> Outcome:
        addresses = await self._targets.addresses(post.url)
        for address in addresses[:-1]:
            try:
                return await self._send(post, address)
            except httpx2.ConnectError:
                continue
        return await self._send(post, addresses[-1])

    async def _send(self, post: Post, address: Address) -> Outcome:
        # To the address that was looked at: the name is looked up no more, and TLS and the receiver still see it.
        url = httpx2.URL(post.url)
        host = f"[{address}]" if address.version == 6 else str(address)
        headers = {"host": url.netloc.decode(), **post.headers}
        extensions = {"sni_hostname": url.host}
        to = url.copy_with(host=host)
        async with self._client.stream("POST", to, headers=headers, content=post.body, extensions=extensions) as answer:
            with suppress(TimeoutError, httpx2.TransportError):
                async with asyncio.timeout(_READING):
                    await _read(answer)
            return Outcome(answer.status_code, None, seconds_of(answer.headers.get("retry-after"), time.time()))

    @property
    def _client(self) -> httpx2.AsyncClient:
        if self._made is None:
            # No proxy of the environment; and no connection is kept: it would be of an address, not of a name.
            limits = httpx2.Limits(max_keepalive_connections=0)
            self._made = httpx2.AsyncClient(
                trust_env=False, follow_redirects=False, timeout=self._seconds, limits=limits
            )
        return self._made


async def _read(answer: httpx2.Response) -> None:
    size = 0
    async for piece in answer.aiter_raw():
        size += len(piece)
        if size > _READ:
            return


def seconds_of(retry_after: str | None, now: float) -> float | None:
    """What a `Retry-After` says, seconds or a date (RFC 9110 section 10.2.3); None where it says nothing."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None
