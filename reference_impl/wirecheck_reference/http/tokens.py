"""JSON Web Tokens (RFC 7519) as bearer tokens: whether one is good, and what it says. Knows no request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from wirecheck_reference.http.key_sets import KeySet

# RFC 7518 section 3.2: a secret of HS256 is as long as what it makes, or longer.
_SHORTEST: Final = 32
_LONGEST: Final = 8192


class BadToken(Exception):
    """The token is good for nothing; the message says why, and nothing that stands in it."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says: whose it is (`sub`), and what for (`scope`, RFC 8693 section 4.2)."""

    subject: str
    scopes: frozenset[str]


class Tokens:
    """Tells good tokens: those signed with a secret that is shared (HS256), or for a key of a set (RS256).

    `exp` and `sub` must be there, `exp` and `nbf` hold now, `iss` and `aud` be those that are named here; a token for
    an audience is good for nobody where none is named. Raises `ValueError` for a secret that is too short to be one.
    """

    def __init__(self, secret: str | None, keys: KeySet | None, *, issuer: str | None, audience: str | None) -> None:
        if secret is not None and len(secret.encode()) < _SHORTEST:
            raise ValueError(f"the secret of tokens has {_SHORTEST} bytes or more (RFC 7518 section 3.2)")
        self._secret = secret
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    async def claims(self, token: str) -> Claims:
        """What a token says. Raises `BadToken`, and `NoKeys` where the keys are not to be had."""
        if len(token) > _LONGEST:
            raise BadToken("The token is too long.")
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            raise BadToken("The token cannot be read.") from None
        algorithm, key = await self._key(header)
        try:
            said = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                issuer=self._issuer,
                audience=self._audience,
                options={"require": ["exp", "sub"]},
            )
        except jwt.ExpiredSignatureError:
            raise BadToken("The token has expired.") from None
        except jwt.InvalidTokenError:
            raise BadToken("The token is not valid.") from None
        subject, scopes = said["sub"], said.get("scope", "")
        if not subject or not isinstance(scopes, str):
            raise BadToken("The token is not valid.")
        return Claims(subject, frozenset(scopes.split()))

    async def _key(self, header: dict[str, Any]) -> tuple[str, str | RSAPublicKey]:
        """The algorithm and the key that a token is to be checked with: never one kind of key with another's algorithm.

        RFC 8725 section 3.1.
        """
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm == "HS256" and self._secret is not None:
            return algorithm, self._secret
        if algorithm == "RS256" and self._keys is not None:
            key = await self._keys.key(kid) if isinstance(kid, str) else None
            if key is not None:
                return algorithm, key
        raise BadToken("The token is signed with no key that is known here.")
