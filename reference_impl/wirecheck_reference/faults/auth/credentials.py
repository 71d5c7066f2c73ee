"""Credentials gone wrong: keys that never end, and tokens that anybody may write."""

from __future__ import annotations

import time

from wirecheck_reference.faults.auth.reading import admit, key_of, token_of
from wirecheck_reference.faults.kinds.fault import EVERY, on_request
from wirecheck_reference.faults.kinds.parts import Request


@on_request(at=EVERY, breaks=("credentials.revoked",))
def takes_revoked_keys(request: Request) -> None:
    """Goes on taking keys that were revoked."""
    if key_of(request) in request.revoked_keys:
        admit(request)


@on_request(at=EVERY, breaks=("credentials.expired",))
def takes_expired_tokens(request: Request) -> None:
    """Does not look when a token ends."""
    header, claims = token_of(request)
    if header.get("alg") == "HS256" and claims.get("exp", 0) <= time.time():
        admit(request)


@on_request(at=EVERY, breaks=("credentials.unsigned",))
def takes_unsigned_tokens(request: Request) -> None:
    """Takes a token at its word that says that it has no signature."""
    header, _ = token_of(request)
    if header.get("alg") == "none":
        admit(request)


@on_request(at=EVERY, breaks=("credentials.altered",))
def decodes_tokens_and_does_not_check_them(request: Request) -> None:
    """Takes the claims of a token whatever signature they have, as long as it does not end."""
    header, claims = token_of(request)
    if header.get("alg") == "HS256" and claims.get("exp", 0) > time.time():
        admit(request)
