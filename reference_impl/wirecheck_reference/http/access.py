"""Who may ask, what for, and how often: API keys, tokens, scopes, rate limits. Knows no route and no body."""

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
from wirecheck_reference.http.key_sets import NoKeys
from wirecheck_reference.http.tokens import BadToken, Tokens
from wirecheck_reference.store.keys import StoredKeys

_log = structlog.get_logger("wirecheck.access")
_CHALLENGE: Final = 'Bearer realm="wirecheck"'


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `tenant` is whose things they are: a digest, so that no key stands in what is stored.

    `scopes` is what they may do; None: all.
    """

    tenant: str
    scopes: frozenset[str] | None = None


def allowed(caller: Caller, wanted: frozenset[str]) -> Caller:
    """The caller, who has these scopes. Raises `ApiError` (403)."""
    if caller.scopes is not None and not wanted <= caller.scopes:
        names = " ".join(sorted(wanted))
        raise ApiError(
            403,
            "insufficient_scope",
            f"The key may not use this operation: it wants the scope {names}.",
            headers={"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{names}"'},
        )
    return caller


class Gate:
    """Lets requests in. Without keys and tokens everybody may come in, and do all.

    Keys that are given may do all, `stored` ones and `tokens` what their scopes say.

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
        stored: StoredKeys | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        limited = [key.encode() for key in limited_keys]
        common = parse(rate) if rate else None
        rates: dict[bytes, RateLimitItem | None] = {key.encode(): common for key in keys}
        rates |= dict.fromkeys(limited, parse(limited_rate))
        self._callers = {key: (_caller(key), rate) for key, rate in rates.items()}
        self._anybody = _caller(b""), common
        self._common = common
        self._limiter = MovingWindowRateLimiter(_storage(storage))
        self._stored = stored
        self._tokens = tokens
        self._closed = bool(self._callers) or tokens is not None

    async def start(self) -> None:
        """Looks whether there are stored keys: where there are any, even revoked ones, nobody comes in without one."""
        self._closed = self._closed or (self._stored is not None and await self._stored.any())

    async def admit(self, inbound: Inbound, wanted: frozenset[str] = frozenset()) -> Caller:
        """Who asks for what wants these scopes.

        Raises `ApiError`: 401 for no key or a wrong one, 403 for one without the scopes (RFC 6750 section 3.1), 429
        over the limit (RFC 6585).
        """
        caller, rate = self._anybody
        if self._closed:
            caller, rate = await self._known(inbound.headers.get(b"authorization"))
        if rate is not None:
            await self._count(inbound, rate, caller)
        return allowed(caller, wanted)

    async def _known(self, authorization: bytes | None) -> tuple[Caller, RateLimitItem | None]:
        if authorization is None:
            # RFC 6750 section 3.1: who has not tried is told of no error.
            raise ApiError(401, "missing_api_key", "No API key was given.", headers={"WWW-Authenticate": _CHALLENGE})
        scheme, _, given = authorization.partition(b" ")
        given = given.strip()
        # Every key is compared, each in constant time: how long it takes tells nothing of them.
        found = [known for key, known in self._callers.items() if hmac.compare_digest(key, given)]
        if scheme.lower() != b"bearer":
            raise _invalid()
        if found:
            return found[0]
        try:
            secret = given.decode("ascii")
        except UnicodeDecodeError:
            raise _invalid() from None
        # Three parts: a token (RFC 7515 section 3.1).
        if self._tokens is not None and secret.count(".") == 2:
            return await self._bearer(self._tokens, secret), self._common
        row = await self._stored.known(secret) if self._stored is not None and secret else None
        if row is None or row.revoked_at is not None:
            raise _invalid()
        return Caller(_tenant(row.tenant), frozenset(row.scopes)), self._common

    async def _bearer(self, tokens: Tokens, token: str) -> Caller:
        try:
            claims = await tokens.claims(token)
        except BadToken as error:
            raise _invalid("invalid_token", str(error)) from None
        except NoKeys:
            _log.error("the keys of tokens are not to be had")  # its traceback says nothing
            message = "Tokens cannot be checked at the moment."
            raise ApiError(503, "service_unavailable", message, headers={"Retry-After": "1"}) from None
        return Caller(_tenant(claims.subject), claims.scopes)

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


def _invalid(code: str = "invalid_api_key", message: str = "The API key is not valid.") -> ApiError:
    challenge = f'{_CHALLENGE}, error="invalid_token", error_description="{message}"'
    return ApiError(401, code, message, headers={"WWW-Authenticate": challenge})


def _caller(key: bytes) -> Caller:
    return Caller(hmac.digest(b"wirecheck", key, "sha256").hex())


def _tenant(name: str) -> str:
    """A tenant that has a name: the same for a key and for a token of that subject."""
    return hmac.digest(b"wirecheck tenant", name.encode(), "sha256").hex()


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
