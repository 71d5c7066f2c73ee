"""Headers of every answer, CORS, logs, starting and ending."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.forked import command
from tests.reference.child import CHAT, PATIENCE, Child, child, until


def answers(server: Child) -> list[httpx2.Response]:
    """One answer of each kind."""
    return [
        server.chat(),
        server.chat(stream=True),
        server.chat(model="nobody"),
        server.client.get("/health"),
        server.client.get("/nowhere"),
        server.client.put(CHAT),
        server.client.options(CHAT),
        server.client.get("/docs/assets/swagger/swagger-ui.css"),
    ]


def test_every_answer_has_an_id_of_its_own_and_its_time(server: Child) -> None:
    every = answers(server)
    assert len({answer.headers["x-request-id"] for answer in every}) == len(every)
    assert all(0 <= float(answer.headers["x-process-time"]) < 10 for answer in every)


@pytest.mark.parametrize("given", ["mine", "a b;c=d", "x" * 128])
def test_the_callers_id_comes_back(server: Child, given: str) -> None:
    kinds: list[dict[str, Any]] = [{}, {"stream": True}, {"model": "nobody"}]
    for fields in kinds:
        assert server.chat(headers={"x-request-id": given}, **fields).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["x" * 129, "caf\xe9", "a\tb", ""])
def test_other_ids_do_not(server: Child, given: str) -> None:
    raw = httpx2.Headers([(b"x-request-id", given.encode("latin-1"))])
    answer = server.client.get("/health", headers=raw)
    assert answer.headers["x-request-id"].startswith("req_")


def test_a_preflight_gets_leave_for_what_it_asks(guarded: Child) -> None:
    asked = {
        "origin": "http://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-stainless-lang",
    }
    answer = guarded.client.options(CHAT, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "http://app.example"
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert answer.headers["access-control-allow-headers"] == asked["access-control-request-headers"]


def test_options_without_a_preflight_tells_the_methods(guarded: Child) -> None:
    answer = guarded.client.options(CHAT)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, POST, OPTIONS", b"")
    assert guarded.client.options("/nowhere").status_code == 404


@pytest.mark.parametrize("fields", [{}, {"stream": True}, {"model": "nobody"}])
def test_answers_to_other_origins_may_be_read(server: Child, fields: dict[str, Any]) -> None:
    answer = server.chat(headers={"origin": "http://app.example"}, **fields)
    assert answer.headers["access-control-allow-origin"] == "http://app.example"
    assert "x-request-id" in answer.headers["access-control-expose-headers"]
    assert answer.headers["vary"] == "Origin"


def test_requests_are_logged_without_keys(tmp_path: Path) -> None:
    with child(tmp_path, "--api-key", "s3cret-key", level="info") as server:
        for key in ("s3cret-key", "wr0ng-key"):
            server.chat(headers={"authorization": f"Bearer {key}", "x-request-id": f"id-{key[0]}"})
        until(lambda: sum(entry["event"] == "request" for entry in server.logged()) == 2)
        entries = [entry for entry in server.logged() if entry["event"] == "request"]
        assert [(entry["request_id"], entry["status"]) for entry in entries] == [("id-s", 200), ("id-w", 401)]
        assert all(entry["ms"] >= 0 and entry["path"] == CHAT and entry["method"] == "POST" for entry in entries)
        assert "key" not in server.log.read_text().replace("key_", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with child(tmp_path, level="info") as server:
        body = {"model": "echo-slow", "messages": [{"role": "user", "content": "word " * 20}], "stream": True}
        with server.client.stream("POST", CHAT, json=body) as answer:
            lines = answer.iter_lines()
            next(lines)
            server.process.send_signal(number)
            # What is in the making is finished.
            assert [line for line in lines if line][-1] == "data: [DONE]"
        assert server.process.wait(PATIENCE) == 0
        assert server.logged()[-1]["event"] == "stopped"


def test_it_ends_when_its_input_closes(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        server.process.stdin.close()
        assert server.process.wait(PATIENCE) == 0


def test_it_prints_one_line(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        server.chat()
        server.process.terminate()
        assert server.process.stdout.read() == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--fault", "no-such-fault"], "no-such-fault"),
        (["--rate-limit", "often"], "often"),
        (["--port", "70000"], "70000"),
        (["--log-level", "loud"], "loud"),
    ],
)
def test_what_cannot_be_served_is_said(arguments: list[str], says: str) -> None:
    ended = command("wirecheck_reference", "serve", "--port", "0", *arguments)
    assert ended.returncode == 2
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_said(server: Child) -> None:
    ended = command("wirecheck_reference", "serve", "--port", server.url.rpartition(":")[2])
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
    assert "cannot listen" in ended.stderr


def test_it_says_what_only_its_owner_knows(tmp_path: Path) -> None:
    with child(tmp_path, "--print-owner", "--api-key", "s3cret") as server:
        said = json.loads(server.process.stdout.readline())
        assert said.pop("narrow_scopes") == "models:read"
        assert said.pop("webhook_retry_seconds") == 10
        assert said == {"model": "echo", "slow_model": "echo-slow", "failing_model": "echo-failing"}
        listed = server.client.get("/v1/models", headers={"authorization": "Bearer s3cret"}).json()["data"]
        assert set(said.values()) <= {model["id"] for model in listed}


def test_a_slow_model_is_as_slow_as_it_is_told(tmp_path: Path) -> None:
    with child(tmp_path, "--slow-token-seconds", "0.2") as server:
        assert server.chat("word", model="echo-slow").elapsed.total_seconds() >= 0.6
    with child(tmp_path, "--slow-token-seconds", "0") as server:
        assert server.chat("word " * 100, model="echo-slow").elapsed.total_seconds() < 2


def test_at_a_terminal_it_writes_lines_to_read() -> None:
    ours, its = pty.openpty()
    starting = [sys.executable, "-m", "wirecheck_reference", "serve", "--port", "0", "--exit-with-parent"]
    with subprocess.Popen(starting, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=its, text=True) as process:
        os.close(its)
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        httpx2.get(f"{url}/health", headers={"x-request-id": "mine"})
        process.stdin.close()
        said = read_terminal(ours)
        process.wait(PATIENCE)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert plain != said
    (line,) = [each for each in plain.splitlines() if "mine" in each]
    assert re.match(r"\d\d:\d\d:\d\d \[info *\] request ", line)
    assert "path=/health" in line
    assert "{" not in line


def read_terminal(descriptor: int) -> str:
    """All that is written to a terminal until its last writer is gone."""
    pieces: list[bytes] = []
    try:
        while piece := os.read(descriptor, 65536):
            pieces.append(piece)
    except OSError:
        pass  # Linux says so, EIO, where the other end is closed.
    finally:
        os.close(descriptor)
    return b"".join(pieces).decode()
