"""A receiver of webhooks on this machine: answers as it is told, and keeps what it got."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.reference.child import until


@dataclass(frozen=True)
class Got:
    """A request, and the status that it was answered with; headers by their names in lower case."""

    status: int
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """What it tells of."""
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass
class Receiver:
    """What came to `url` and below. `answers`: by path, the statuses and headers of the next answers; then 204."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)

    def at(self, path: str) -> list[Got]:
        """What came to a path."""
        return [each for each in list(self.got) if each.path == path]

    def wait(self, path: str, count: int = 1, seconds: float = 20.0) -> list[Got]:
        """What came to a path, once it is so much."""
        until(lambda: len(self.at(path)) >= count, seconds)
        return self.at(path)


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver on a port of loopback, ended with the block."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # so its base calls it
            """Keeps a request, and answers it."""
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            planned = kept.answers.get(self.path)
            status, headers = planned.pop(0) if planned else (204, {})
            given = {name.lower(): value for name, value in self.headers.items()}
            kept.got.append(Got(status, self.path, given, body))
            self.send_response(status)
            for name, value in {"content-length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # so its base has it
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        kept.url = f"http://127.0.0.1:{served.server_port}"
        if tls is not None:
            served.socket = tls.wrap_socket(served.socket, server_side=True)
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield kept
        finally:
            served.shutdown()
            thread.join()
