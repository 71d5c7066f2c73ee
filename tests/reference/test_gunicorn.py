"""The server under gunicorn: it answers as by itself, and ends cleanly."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest

from tests.reference.child import PATIENCE, until


def test_it_serves_under_gunicorn(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "gunicorn", "--config", "python:wirecheck_reference.gunicorn_conf"]
    environment = {**os.environ, "WIRECHECK_PORT": str(port), "WIRECHECK_API_KEYS": "sk-good", "HOME": str(tmp_path)}
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "log"
    with log.open("w") as told, subprocess.Popen(line, env=environment, cwd=tmp_path, stderr=told) as server:
        try:
            until(lambda: answers(url), PATIENCE)
            assert httpx2.get(f"{url}/v1/models").status_code == 401
            with socket.create_connection(("127.0.0.1", port)) as raw:
                raw.sendall(b"NO HTTP\r\n\r\n")
                assert b'"code":"invalid_request"' in raw.makefile("rb").read()
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(PATIENCE) == 0
    events = [json.loads(each)["event"] for each in log.read_text().splitlines() if each.startswith("{")]
    assert events[-1] == "stopped"


def answers(url: str) -> bool:
    """Whether a server answers there."""
    try:
        return httpx2.get(f"{url}/health").status_code == 200
    except httpx2.TransportError:
        return False


def test_it_refuses_workers_that_would_not_be_as_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = import_module("wirecheck_reference.gunicorn_conf")
    settings.on_starting(SimpleNamespace(cfg=SimpleNamespace(workers=1)))
    with pytest.raises(ValueError, match="2 processes share what they keep"):
        settings.on_starting(SimpleNamespace(cfg=SimpleNamespace(workers=2)))
