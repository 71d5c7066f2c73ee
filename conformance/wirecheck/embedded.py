"""The reference server as a process of its own, for runs without a URL. Knows how to start it, not how it works."""

from __future__ import annotations

import base64
import hmac
import json
import os
import queue
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import IO, Any, Final

MODULE: Final = "wirecheck_reference"
INSTALL: Final = "pip install '.[reference]' in a clone of wirecheck"
# What the reference server can be set by, each as WIRECHECK_ and the name.
SETTINGS: Final = (
    *("host", "port", "workers", "metrics", "api_keys", "limited_keys", "narrow_keys", "revoked_keys"),
    *("rate_limit", "limited_rate", "rate_limit_storage", "jwt_secret", "jwks", "jwt_issuer", "jwt_audience"),
    *("data_folder", "database", "in_memory", "max_file_bytes", "max_body_pause", "models"),
    *("max_body_bytes", "slow_token_seconds", "shutdown_seconds", "log_level", "fault", "variant"),
    *("batches_at_once", "batch_lines_at_once", "batch_window_seconds"),
    *("webhook_private_targets", "webhook_first_pause_seconds", "webhook_most_pause_seconds"),
    *("webhook_attempts", "webhook_timeout_seconds"),
)
_NEEDED: Final = (
    *(MODULE, "aiosqlite", "alembic", "fastapi", "jwt", "limits"),
    *("pydantic_settings", "sqlalchemy", "standardwebhooks", "structlog", "uvicorn"),
)
_READY: Final = "listening on "
_PATIENCE: Final = 60.0
_DAY: Final = 86_400


class NotThere(Exception):
    """The reference server is not installed, or did not start; the message says what to do."""


@dataclass(frozen=True)
class Embedded:
    """A reference server that runs: its model, what else its owner would declare of it, the keys that it was given."""

    url: str
    model: str
    owner: Mapping[str, Any]
    key: str = field(repr=False)
    keys: Mapping[str, str] = field(repr=False)


def command(*arguments: str) -> list[str]:
    """The command line of the reference server. Raises `NotThere` where it is not installed."""
    if any(find_spec(name) is None for name in _NEEDED):
        raise NotThere(f"the reference server is not installed: {INSTALL}")
    return [sys.executable, "-m", MODULE, *arguments]


@contextmanager
def started() -> Iterator[Embedded]:
    """A reference server on a free port of loopback, ended with the block. Raises `NotThere`."""
    names = ("embedded", "other", "limited", "narrow", "revoked", "jwt")
    key, other, limited, narrow, revoked, secret = (f"sk-{name}-{secrets.token_hex(16)}" for name in names)
    given = ("--api-key", key, "--api-key", other, "--limited-key", limited, "--narrow-key", narrow)
    keys = (*given, "--revoked-key", revoked, "--jwt-secret", secret)
    how = ("--port", "0", "--in-memory", "--exit-with-parent", "--log-level", "error", "--print-owner")
    # The suite hears webhooks on this machine, and waits for few attempts.
    webhooks = (
        "--webhook-private-targets",
        "--webhook-first-pause-seconds",
        "0.2",
        "--webhook-most-pause-seconds",
        "4",
    )
    line = command("serve", *how, *webhooks, *keys)
    # Its own settings come from the command line alone: a run is the same wherever it is started.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WIRECHECK_")}
    process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
        line,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        url, owner = _ready(process)
        beside = {"limited_key": limited, "other_key": other, "narrow_key": narrow, "revoked_key": revoked}
        now = int(time.time())
        tokens = {"token": _token(secret, now + _DAY), "expired_key": _token(secret, now - _DAY)}
        yield Embedded(url, owner.pop("model"), owner, key, {**beside, **tokens})
    finally:
        _end(process)


def _token(secret: str, end: int) -> str:
    """A JSON Web Token that may chat until a time (RFC 7515 section 3.1; HS256)."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "embedded", "scope": "chat:write", "exp": end})
    head = b".".join(_encoded(json.dumps(part).encode()) for part in parts)
    return (head + b"." + _encoded(hmac.digest(secret.encode(), head, "sha256"))).decode()


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def _ready(process: subprocess.Popen[str]) -> tuple[str, dict[str, Any]]:
    """The address, and what the server says of itself, once it answers."""
    lines: queue.Queue[str] = queue.Queue()
    errors: list[str] = []
    _follow(process.stdout, lines.put)
    _follow(process.stderr, errors.append)
    try:
        first = lines.get(timeout=_PATIENCE)
    except queue.Empty:
        raise NotThere(f"the reference server did not start within {_PATIENCE:.0f} s") from None
    if not first.startswith(_READY):
        process.wait(timeout=_PATIENCE)
        raise NotThere(f"the reference server did not start: {' '.join(errors[-3:]).strip() or first.strip()}")
    return first[len(_READY) :].strip(), json.loads(lines.get(timeout=_PATIENCE))


def _follow(stream: IO[str] | None, take: Callable[[str], object]) -> None:
    """Reads a pipe to its end, so that the server never waits for us; an empty line marks the end."""

    def read() -> None:
        if stream is None:
            return
        for line in stream:
            take(line)
        take("")

    threading.Thread(target=read, daemon=True).start()


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()
