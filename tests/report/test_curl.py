"""The command: run by real shells and a real curl, a server receives the bytes that the suite sent."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from wirecheck.area import features
from wirecheck.asking.client import Budget, Client
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import HIDDEN, Request
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import requirements
from wirecheck.report import curl

KEY = 'sk-a$key`with"odd\\marks'
SHELLS = [shell for shell in ("sh", "bash", "dash", "zsh") if shutil.which(shell)]

Received = tuple[str, str, dict[str, str], bytes]


class _Recorder(BaseHTTPRequestHandler):
    """Keeps what came, and answers with something that lets most probes go on."""

    protocol_version = "HTTP/1.1"

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.received.append((self.command, self.path, headers, body))  # type: ignore[attr-defined]  # ours
        message = {"role": "assistant", "content": "hello"}
        answer = json.dumps({"data": [{"id": "m"}], "choices": [{"index": 0, "message": message}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = do_QUERY = _take  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Recorder)
        self.received: list[Received] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture(scope="module")
def server() -> Iterator[_Server]:
    with _Server() as started:
        thread = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def _replay(server: _Server, request: Request, shell: str = "sh") -> Received:
    server.received.clear()
    done = subprocess.run(
        [shell, "-c", curl.command(request)],
        env={"WIRECHECK_API_KEY": KEY, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, (curl.command(request)[:500], done.stderr)
    assert len(server.received) == 1
    return server.received[0]


BODIES = {
    "json": b'{"model": "m", "messages": [{"role": "user", "content": "it\'s"}], "stream": true}',
    "none": b"",
    "invalid UTF-8": b'{"a": "\xff\xfe\xc3"}',
    "null bytes": b'{"a": "\x00"}\x00\x001',
    "quotes": b"""'"'"' "$HOME" `id` $(id) \\ \\\\ !! !x %s %% {a,b} *""",
    "newlines": b"\n\r\na\r\n\n\n",
    "an at sign": b"@/etc/passwd",
    "a dash": b"-n\n",
    "unicode": "é 漢字 🙂 \u202e\u0000\u00a0".encode(),
    "controls": bytes(range(256)),
    "hidden": b'{"key": "$WIRECHECK_API_KEY\'!"}',
    "long and plain": json.dumps({"prompt": "word " * 50_000}).encode(),
    "huge and plain": b"a " * 9_000_000,
    "just too long": b"x" * (curl.LONGEST + 1),
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", BODIES)
def test_every_byte_of_a_body_arrives(server: _Server, shell: str, name: str) -> None:
    request = Request("POST", "/v1/x", f"{server.url}/v1/x", (("content-type", "application/json"),), BODIES[name])
    method, path, headers, body = _replay(server, request, shell)
    assert body == BODIES[name].replace(HIDDEN.encode(), KEY.encode())
    assert (method, path, headers["content-type"]) == ("POST", "/v1/x", "application/json")


def test_the_shell_expands_the_key(server: _Server) -> None:
    headers = (("authorization", f"Bearer {HIDDEN}"), ("x-odd", f"it's {HIDDEN}; `!`"), ("x-empty", ""))
    request = Request("GET", "/v1/models", f"{server.url}/v1/models?a=[1]&b=%20 c", headers)
    command = curl.command(request)
    assert '"authorization: Bearer $WIRECHECK_API_KEY"' in command
    method, path, received, body = _replay(server, request)
    assert (method, path, body) == ("GET", "/v1/models?a=[1]&b=%20%20c", b"")
    assert received["authorization"] == f"Bearer {KEY}"
    assert received["x-odd"] == f"it's {KEY}; `!`"
    assert received["x-empty"] == ""


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "QUERY"])
@pytest.mark.parametrize("body", [b"", b"{}"])
def test_every_method_is_sent(server: _Server, method: str, body: bytes) -> None:
    if method == "HEAD" and body:
        pytest.skip("curl sends no body with -I, and the suite sends none either")
    got, _, headers, received = _replay(server, Request(method, "/v1/x", f"{server.url}/v1/x", (), body))
    assert (got, received) == (method, body)
    assert "content-type" not in headers


def test_a_stream_is_shown_as_it_comes() -> None:
    assert " -N " in curl.command(Request("POST", "/x", "http://h/x", (), b'{"stream": true}'))
    assert " -N " in curl.command(Request("POST", "/x", "http://h/x", (("accept", "application/x-ndjson"),), b"{}"))
    assert " -N " not in curl.command(Request("POST", "/x", "http://h/x", (), b'{"stream": false}'))


@pytest.mark.parametrize("size", [10_000, curl.KEPT + 1])
def test_a_long_body_says_how_long_it_is_and_where(size: int) -> None:
    noise = random.Random(1).randbytes(size)  # noqa: S311 - noise, nothing secret
    comment, command = curl.command(Request("POST", "/x", "http://h/x", (), noise)).split("\n")
    assert comment.startswith(f"# body: {size} bytes, SHA-256 ")
    assert ("body_base64" in comment) == (size <= curl.KEPT)
    assert command.endswith("--data-binary @body")
    assert len(comment + command) < 500


async def _ask_all(server: _Server) -> list[Request]:
    target = Target(
        server.url,
        f"{server.url}/v1",
        "m",
        KEY,
        owner={"slow_model": "m", "failing_model": "m", "context_window": 100},
        timeout=5,
    )
    budget = Budget(time.monotonic() + 60)
    probes: list[Probe[Any]] = [each.found for each in features().values()]
    probes += [each.on for each in requirements() if isinstance(each.on, Probe)]
    async with Client(target, seed=1, budget=budget, quick=True) as api:
        for probe in probes:
            with suppress(Unseen):
                await api.see(probe)
        return [each.request for each in api.log]


def test_every_probe_can_be_sent_again(server: _Server) -> None:
    requests = asyncio.run(_ask_all(server))
    assert len(requests) > 50
    keys: set[str | None] = set()
    for request in requests:
        method, path, headers, body = _replay(server, request)
        assert (method, server.url + path, body) == (request.method, request.url, request.body)
        for name, value in request.headers:
            assert headers[name] == value.replace(HIDDEN, KEY)
        keys.add(headers.get("authorization"))
    assert keys >= {None, f"Bearer {KEY}", f"bearer {KEY}"}
