"""The document is the contract's own, and both pages show it without a network."""

from __future__ import annotations

import re
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from tests.reference.child import Child
from tests.reference.tools import program

OFFLINE = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def rendered(url: str, folder: Path) -> str:
    """The page as a browser without a network shows it."""
    browser = program("chromium", "apt-get install chromium")
    command = [browser, *OFFLINE, f"--user-data-dir={folder}", "--virtual-time-budget=20000", "--dump-dom", url]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_document_is_the_contract(server: Child) -> None:
    answer = server.client.get("/openapi.json")
    assert answer.content == files("wirecheck_contract").joinpath("openapi.json").read_bytes()
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_pages_load_nothing_from_elsewhere(server: Child, page: str) -> None:
    answer = server.client.get(page)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", answer.text)
    assert loaded
    for path in loaded:
        assert path.startswith("/docs/assets/")
        assert server.client.get(path).status_code == 200


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_pages_show_the_operations_offline(server: Child, page: str, tmp_path: Path) -> None:
    shown = rendered(f"{server.url}{page}", tmp_path)
    for name in ("/health", "/v1/models", "/v1/chat/completions", "List the models"):
        assert name not in server.client.get(page).text
        assert name in shown
    assert "Failed to load" not in shown
    assert "Something went wrong" not in shown
