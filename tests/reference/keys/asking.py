"""Keys made by the command line, and what a server answers to who brings one."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import httpx2

from tests.forked import command
from tests.reference.child import Child


def keys(*arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """`wirecheck keys` with these arguments, which must end with a status."""
    environment = {name: value for name, value in os.environ.items() if name != "WIRECHECK_IN_MEMORY"}
    ended = command("wirecheck_reference", "keys", *arguments, environment=environment)
    assert ended.returncode == status, ended.stderr
    return ended


def made(where: list[str], tenant: str, *scopes: str) -> str:
    """The secret of a new key for these scopes, for all where none is named."""
    chosen = [word for scope in scopes for word in ("--scope", scope)] or ["--all-scopes"]
    return keys("create", "--name", "a key", "--tenant", tenant, *chosen, *where).stdout.strip()


def listed(where: list[str]) -> list[dict[str, Any]]:
    """All keys, as `keys list --json` shows them."""
    found: list[dict[str, Any]] = json.loads(keys("list", "--json", *where).stdout)
    return found


def ask(server: Child, key: str | None, method: str = "GET", path: str = "/v1/models", **given: Any) -> httpx2.Response:
    """What a server answers to a caller with a key."""
    headers = {} if key is None else {"authorization": f"Bearer {key}"}
    return server.client.request(method, path, headers=headers, **given)


def refused(answer: httpx2.Response) -> tuple[int, str, str]:
    """Status, code and challenge of a refusal."""
    return answer.status_code, answer.json()["error"]["code"], answer.headers.get("www-authenticate", "")
