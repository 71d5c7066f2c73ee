"""The official Node SDK and the AI SDK work unchanged."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.reference.child import Child
from tests.reference.tools import program

# Of each process of the tests one of its own: two would install into one folder at once.
CACHE = Path(__file__).parents[2] / "build" / "node" / os.environ.get("PYTEST_XDIST_WORKER", "main")
SCRIPTS = Path(__file__).parent / "sdk"


@pytest.fixture(scope="session")
def node() -> str:
    """The program, with the SDKs installed beside copies of the scripts: a module is found from where a script lies."""
    found, npm = (program(name, "apt-get install nodejs npm") for name in ("node", "npm"))
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted, installed = (SCRIPTS / "package.json").read_text(), CACHE / "installed.json"
    if not installed.exists() or installed.read_text() != wanted:
        (CACHE / "package.json").write_text(wanted)
        install = [npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        subprocess.run(install, check=True, capture_output=True, timeout=300)
        installed.write_text(wanted)
    for script in SCRIPTS.glob("*.mjs"):
        (CACHE / script.name).write_text(script.read_text())
    return found


def printed(node: str, script: str, server: Child) -> dict[str, Any]:
    """What a script got from the server."""
    command = [node, str(CACHE / script), server.url]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    got: dict[str, Any] = json.loads(ended.stdout)
    return got


def test_the_sdk_gets_what_the_server_says(node: str, guarded: Child) -> None:
    got = printed(node, "check.mjs", guarded)
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
    got = printed(node, "files.mjs", guarded)
    assert got["names"] == ['naïve "q".txt', "check.mjs", "plain.jsonl"]
    assert got["lasts"] == 7200
    assert got["content"] == list(range(256))
    # Others keep files on this server, too.
    assert [each for each in got["walked"] if each in got["made"]] == got["made"][::-1]
    assert got["found"] == got["made"][0]
    assert got["deleted"] == {"id": got["made"][0], "object": "file", "deleted": True}
    assert got["unknown"] == ["NotFoundError", 404]
    assert got["refused"] == ["UnprocessableEntityError", 422, "purpose"]


def test_the_sdk_keeps_completions(node: str, guarded: Child) -> None:
    got = printed(node, "stored.mjs", guarded)
    assert got["walked"] == got["made"]
    assert got["narrowed"] == [got["made"][1]]
    assert got["found"] == "one"
    assert got["messages"] == [["user", "one"]]
    assert got["changed"] == {"part": "first"}
    assert got["deleted"] is True
    assert got["unknown"] == ["NotFoundError", 404]


def test_the_sdk_keeps_conversations(node: str, guarded: Child) -> None:
    got = printed(node, "conversations.mjs", guarded)
    assert got["made"] == ["conversation", {"run": "node"}]
    assert got["added"] == ["naïve 日本語 🦊"]
    assert got["oldest"] == got["walked"][::-1] == ["one", "two", "naïve 日本語 🦊"]
    assert got["found"] == ["user", "completed", "input_text"]
    assert got["left"] == [True, "conversation"]
    assert got["changed"] == {"run": "again"}
    assert got["empty"] == "conversation"
    assert got["refused"] == ["UnprocessableEntityError", 422, "items.0.role"]
    assert got["steps"] == [list(each) for each in zip(("msg", "rs", "fc", "msg", "fco"), got["sent"], strict=True)]
    assert got["types"] == ["function_call_output", "message", "function_call", "reasoning", *["message"] * 3]
    assert got["alone"] is True
    assert got["deleted"] == [True]
    assert got["unknown"] == ["NotFoundError", 404]


def test_the_sdk_has_batches_done(node: str, guarded: Child) -> None:
    got = printed(node, "batches.mjs", guarded)
    assert got["ended"] == ["completed", {"total": 2, "completed": 2, "failed": 0}, {"run": "node"}]
    assert got["said"] == [["one", "said by one"], ["two", "said by two"]]
    assert got["walked"][:2] == got["made"][::-1]
    assert got["late"] == ["ConflictError", 409]
    assert got["unknown"] == ["NotFoundError", 404]


def test_the_sdk_takes_what_is_delivered(node: str, guarded: Child) -> None:
    got = printed(node, "webhooks.mjs", guarded)
    assert got["event"] == ["event", "batch.completed", True]
    assert got["wrong"] == "InvalidWebhookSignatureError"


def test_the_ai_sdk_gets_what_the_server_says(node: str, guarded: Child) -> None:
    got = printed(node, "ai.mjs", guarded)
    assert got["whole"] == got["streamed"] == "The fox naïve, 日本語 and 🦊 said"
    assert got["usage"] == got["streamedUsage"] > 0
    assert got["call"] == [["get_time", {"city": ""}]]
    assert got["reason"] == "tool-calls"
    assert got["completed"] == got["pieces"]
    assert "one two" in got["completed"]
    assert got["lengths"] == [256, 256, 256]
    assert got["tokens"] > 0
    assert got["near"] is True
    assert got["one"] == 256
    assert got["unknown"] == ["AI_APICallError", 404, "model_not_found"]
