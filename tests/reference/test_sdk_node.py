"""The official Node SDK works unchanged."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.reference.child import Child
from tests.reference.tools import program

OPENAI = "openai@7.55.0"
CACHE = Path(__file__).parents[2] / "build" / "node"
SCRIPT = Path(__file__).parent / "sdk" / "check.mjs"


@pytest.fixture(scope="session")
def node() -> str:
    """The program, with the SDK installed beside copies of the scripts (modules are found from where a script lies)."""
    found, npm = (program(name, "apt-get install nodejs npm") for name in ("node", "npm"))
    CACHE.mkdir(parents=True, exist_ok=True)
    installed = CACHE / "node_modules" / "openai" / "package.json"
    if not installed.exists() or f"openai@{json.loads(installed.read_text())['version']}" != OPENAI:
        install = [npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund", "--silent", OPENAI]
        subprocess.run(install, check=True, capture_output=True, timeout=300)
    for script in SCRIPT.parent.glob("*.mjs"):
        (CACHE / script.name).write_text(script.read_text())
    return found


def test_the_sdk_gets_what_the_server_says(node: str, guarded: Child) -> None:
    command = [node, str(CACHE / SCRIPT.name), guarded.url]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    got = json.loads(ended.stdout)
    assert got["whole"] == got["streamed"] == "The fox naïve, 日本語 and 🦊 said"
    assert got["usage"] > 0
    assert (got["call"]["name"], json.loads(got["call"]["arguments"])) == ("get_time", {"city": ""})
    assert got["reason"] == "tool_calls"
    assert got["structured"] == {"age": 1}
    assert got["continued"] == got["whole"]
    assert got["list"] == ["one", "one", "two", "two"]
    assert got["pieces"] == ["one two", "three"]
    assert got["counted"] > 0
    assert got["behind"]["text"] == "".join(got["behind"]["logprobs"]["tokens"]) == "one twoone two"
    assert got["behind"]["logprobs"]["text_offset"] == [0, 3, 7, 10]
    assert got["behind"]["logprobs"]["token_logprobs"][0] is None
    assert "wirecheck/echo" in got["models"]
    assert got["slash"] == "wirecheck/echo"
    assert got["packed"] == got["floats"]
    assert [len(each) for each in got["packed"]] == [256, 256]
    assert got["short"] == [8, 8]
    assert got["unknown"] == ["NotFoundError", 404, "model_not_found", "model"]
    assert "The model failed" in got["broken"]


def test_the_sdk_keeps_files(node: str, guarded: Child) -> None:
    command = [node, str(CACHE / "files.mjs"), guarded.url]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    got = json.loads(ended.stdout)
    assert got["names"] == ['naïve "q".txt', "check.mjs", "plain.jsonl"]
    assert got["lasts"] == 7200
    assert got["content"] == list(range(256))
    assert got["walked"] == got["made"][::-1]
    assert got["found"] == got["made"][0]
    assert got["deleted"] == {"id": got["made"][0], "object": "file", "deleted": True}
    assert got["unknown"] == ["NotFoundError", 404]
    assert got["refused"] == ["UnprocessableEntityError", 422, "purpose"]
