"""What of a request faults read that are about keys, and how they let it in."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import Any

from wirecheck_reference.faults.kinds.parts import Request


def credentials_of(request: Request) -> str:
    """The value of the header with the key; empty where there is none."""
    return request.headers.get("authorization", "")


def key_of(request: Request) -> str:
    """The key after `Bearer`; empty where there is none."""
    return credentials_of(request).partition(" ")[2]


def right(request: Request) -> tuple[str, ...]:
    """The values of that header which the server takes."""
    return tuple(f"Bearer {key}" for key in request.keys)


def admit(request: Request) -> None:
    """Lets the request in with a good key; a server without keys lets everybody in."""
    if request.keys and credentials_of(request) not in right(request):
        request.headers["authorization"] = right(request)[0]


def token_of(request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of the JSON Web Token that is the key; both empty where it is none."""
    parts = key_of(request).split(".")
    try:
        header, claims = (json.loads(urlsafe_b64decode(f"{part}===")) for part in parts[:2])
    except ValueError:
        return {}, {}
    return (header, claims) if isinstance(header, dict) and isinstance(claims, dict) else ({}, {})
