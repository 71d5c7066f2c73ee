"""JSON Web Tokens that nobody may take, made of one that is good. No I/O."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

UNSIGNED = "as a token without a signature"
ALTERED = "with other claims under the old signature"


def is_token(key: str) -> bool:
    """Whether a key is a JSON Web Token: header and claims as JSON objects, and a signature (RFC 7519 section 7.2)."""
    return _read(key) is not None


def forged(token: str) -> dict[str, str]:
    """Tokens made of a good one, by the words that say how; none of what is no token."""
    found = _read(token)
    if found is None:
        return {}
    head, claims, signature = token.split(".")
    header, said = found
    made = {
        f"{UNSIGNED}, alg {name}": f"{_written({**header, 'alg': name})}.{claims}." for name in ("none", "None", "NONE")
    }
    return {**made, ALTERED: f"{head}.{_written({**said, 'wirecheck': True})}.{signature}"}


def _read(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    parts = token.split(".")
    if len(parts) != 3 or not parts[2]:
        return None
    try:
        header, said = (json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
    except (ValueError, RecursionError):
        return None
    return (header, said) if isinstance(header, dict) and isinstance(said, dict) and "alg" in header else None


def _written(part: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=").decode()
