"""Who may ask, and how often: API keys and rate limits. Knows no route and no body."""

from __future__ import annotations

import hmac
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError, StorageError

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound

_log = structlog.get_logger("wirecheck.access")
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="wirecheck"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `tenant` is whose things they are: a digest of the key, so that no key stands in what is stored."""

    tenant: str


class Gate:
    """Lets requests in. Without keys everybody may come in.

    `rate` limits every caller (those without a key by nothing but being one), `limited_rate` the limited keys; both as
    `limits` writes them, such as `5/minute`; `storage` is where they are counted: `memory://`, or a `redis://` URL that
    several processes share. Raises `ValueError` for rates that cannot be read, and for a storage that cannot be had.
    """

    def __init__(
        self,
        keys: Iterable[str],
        limited_keys: Iterable[str],
        *,
        rate: str | None,
        limited_rate: str,
        storage: str,
    ) -> None:
        limited = [key.encode() for key in limited_keys]
        common = parse(rate) if rate else None
        rates: dict[bytes, RateLimitItem | None] = {key.encode(): common for key in keys}
        rates |= dict.fromkeys(limited, parse(limited_rate))
        self._callers = {key: (_caller(key), rate) for key, rate in rates.items()}
        self._anybody = _caller(b""), common
        self._limiter = MovingWindowRateLimiter(_storage(storage))

    async def admit(self, inbound: Inbound) -> Caller:
        """Who asks. Raises `ApiError`: 401 for no key or a wrong one (RFC 6750), 429 over the limit (RFC 6585)."""
        caller, rate = self._known(inbound.headers.get(b"authorization")) if self._callers else self._anybody
        if rate is not None:
            await self._count(inbound, rate, caller)
        return caller

    def _known(self, authorization: bytes | None) -> tuple[Caller, RateLimitItem | None]:
        if authorization is None:
            raise ApiError(401, "missing_api_key", "No API key was given.", headers=_CHALLENGE)
        scheme, _, given = authorization.partition(b" ")
        given = given.strip()
        # Every key is compared, each in constant time: how long it takes tells nothing of them.
        found = [known for key, known in self._callers.items() if hmac.compare_digest(key, given)]
        if scheme.lower() != b"bearer" or not found:
            raise ApiError(401, "invalid_api_key", "The API key is not valid.", headers=_CHALLENGE)
        return found[0]

    async def _count(self, inbound: Inbound, rate: RateLimitItem, caller: Caller) -> None:
        try:
            passed = await self._limiter.hit(rate, caller.tenant)
            window = await self._limiter.get_window_stats(rate, caller.tenant)
        except StorageError as error:
            _log.error("rate limits cannot be looked up", cause=type(error.storage_error).__name__)
            message = "The limit of requests cannot be looked up at the moment."
            raise ApiError(503, "service_unavailable", message, headers={"Retry-After": "1"}) from None
        wait = max(1, math.ceil(window.reset_time - time.time()))
        inbound.answer_headers += [
            (b"x-ratelimit-limit-requests", b"%d" % rate.amount),
            (b"x-ratelimit-remaining-requests", b"%d" % window.remaining),
            (b"x-ratelimit-reset-requests", b"%ds" % wait),
        ]
        if not passed:
            message = f"The limit of {rate.amount} requests is reached. Try again in {wait} seconds."
            raise ApiError(429, "rate_limit_exceeded", message, headers={"Retry-After": str(wait)})


def _caller(key: bytes) -> Caller:
    return Caller(hmac.digest(b"wirecheck", key, "sha256").hex())


def _storage(uri: str) -> MemoryStorage | RedisStorage:
    scheme = uri.partition("://")[0]  # The rest may hold a password.
    if scheme == "memory":
        return MemoryStorage()
    if scheme not in ("redis", "rediss"):
        raise ValueError(f"rate limits are counted in memory:// or in a redis:// URL, not in {scheme!r}")
    try:
        return RedisStorage(f"async+{uri}", wrap_exceptions=True, implementation="redispy")
    except ConfigurationError:
        raise ValueError("rate limits in Redis need its client: pip install 'wirecheck[redis]'") from None
