"""Public keys that tokens are signed for, by their names: a JSON Web Key Set (RFC 7517) in a file or at a URL."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import math
import time
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

# Seconds for which keys that were fetched are good, and before which they are not asked for again: by a name that
# nobody has, and after a failure.
_GOOD: Final = 300.0
_APART: Final = 30.0
_AFTER_FAILURE: Final = 5.0
_PATIENCE: Final = 5.0
_LARGEST: Final = 2**20
# RFC 7518 section 3.3.
_SHORTEST: Final = 2048


class NoKeys(Exception):
    """The keys are not to be had at the moment."""


class KeySet:
    """RSA keys by `kid`. A file is read once; what a URL has is fetched when it is wanted, and again as it ages.

    Raises `ValueError` for a file that holds no such keys, and for a URL that others could answer: anything but
    `https`, or `http` on this machine.
    """

    def __init__(self, place: str) -> None:
        self._url = place if "://" in place else None
        self._turn = asyncio.Lock()
        self._fetched = self._next = -math.inf
        self._keys: dict[str, RSAPublicKey] = {}
        if self._url is None:
            try:
                self._keys = _read(Path(place).read_bytes())
            except OSError as error:
                raise ValueError(f"{place}: {error.strerror or error}") from None
            except ValueError as error:
                raise ValueError(f"{place}: {error}") from None
        elif not _is_safe(self._url):
            raise ValueError(f"{place}: keys are read from a file, from https://..., or from http:// on this machine")

    async def key(self, kid: str) -> RSAPublicKey | None:
        """The key of a name, None where nobody has it. Raises `NoKeys`."""
        if self._url is not None:
            async with self._turn:
                await self._refresh(self._url, kid)
        return self._keys.get(kid)

    async def _refresh(self, url: str, kid: str) -> None:
        now = time.monotonic()
        aged = now - self._fetched >= _GOOD
        if now >= self._next and (aged or kid not in self._keys):
            try:
                self._keys = _read(await asyncio.to_thread(_fetch, url))
            except (OSError, ValueError):
                self._next = now + _AFTER_FAILURE
            else:
                self._fetched, self._next = now, now + _APART
                aged = False
        if aged:
            raise NoKeys


class _Unmoved(HTTPRedirectHandler):
    """Follows nobody elsewhere: the URL that the owner gave is the one that is trusted."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Nowhere."""
        return


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname)))


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _fetch(url: str) -> bytes:
    direct = [ProxyHandler({})] if _is_here(urlsplit(url).hostname) else []
    try:
        with build_opener(_Unmoved, *direct).open(url, timeout=_PATIENCE) as answer:
            body: bytes = answer.read(_LARGEST)
            return body
    except URLError as error:
        raise OSError(str(error.reason)) from None


def _read(text: bytes) -> dict[str, RSAPublicKey]:
    """The keys of a set that are for RS256. Raises `ValueError` where there are none."""
    document = json.loads(text)
    listed = document.get("keys") if isinstance(document, dict) else None
    found: dict[str, RSAPublicKey] = {}
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and _is_usable(each):
            try:
                key = RSAAlgorithm.from_jwk({name: each[name] for name in ("kty", "n", "e")})
            except (InvalidKeyError, KeyError, ValueError):
                continue
            if isinstance(key, RSAPublicKey) and key.key_size >= _SHORTEST:
                found[each["kid"]] = key
    if not found:
        raise ValueError(f"a JSON Web Key Set with RSA keys of {_SHORTEST} bits or more, each with a kid, is wanted")
    return found


def _is_usable(key: dict[str, Any]) -> bool:
    signs = key.get("use") in (None, "sig") and key.get("alg") in (None, "RS256")
    return key.get("kty") == "RSA" and isinstance(key.get("kid"), str) and signs
