"""A reference server as a child process, and what tests ask of it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx2

from tests.forked import Forked

READY: Final = "listening on "
# Seconds, on a machine that is busy with other tests, too.
PATIENCE: Final = 60.0
CHAT: Final = "/v1/chat/completions"
COMPLETIONS: Final = "/v1/completions"


@dataclass(frozen=True)
class Child:
    """A server that answers at `url`; `log` is the file of its standard error."""

    url: str
    process: Forked
    log: Path
    client: httpx2.Client

    def logged(self) -> list[dict[str, Any]]:
        """What it has logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def chat(self, text: str = "hello", *, headers: dict[str, str] | None = None, **fields: Any) -> httpx2.Response:
        """One chat request, as the test wants it."""
        body = {"model": "echo", "messages": [{"role": "user", "content": text}], **fields}
        return self.client.post(CHAT, json=body, headers=headers)

    def said(self, text: str = "hello", **fields: Any) -> dict[str, Any]:
        """The first choice of a good answer."""
        answer = self.chat(text, **fields)
        assert answer.status_code == 200, answer.text
        choice: dict[str, Any] = answer.json()["choices"][0]
        return choice

    def events(self, text: str = "hello", **fields: Any) -> list[Any]:
        """The data of a good stream: documents, and `[DONE]`."""
        answer = self.chat(text, stream=True, **fields)
        assert answer.status_code == 200, answer.text
        return events_of(answer.text)

    def completion(self, prompt: Any = "hello", **fields: Any) -> httpx2.Response:
        """One request for completions, as the test wants it."""
        return self.client.post(COMPLETIONS, json={"model": "echo", "prompt": prompt, **fields})

    def texts(self, prompt: Any = "hello", **fields: Any) -> list[str]:
        """The texts of a good answer, in their order."""
        answer = self.completion(prompt, **fields)
        assert answer.status_code == 200, answer.text
        choices = answer.json()["choices"]
        assert [choice["index"] for choice in choices] == list(range(len(choices)))
        return [choice["text"] for choice in choices]

    def active(self) -> int:
        """How many answers are in the making."""
        count: int = self.client.get("/health").json()["active_requests"]
        return count


def events_of(text: str) -> list[Any]:
    """The data of the events of a stream, which must be all that it holds."""
    *blocks, end = text.split("\n\n")
    assert end == ""
    data = [block.removeprefix("data: ") for block in blocks]
    assert all(block.startswith("data: ") for block in blocks)
    return [each if each == "[DONE]" else json.loads(each) for each in data]


@contextmanager
def child(folder: Path, *arguments: str, level: str = "warning") -> Iterator[Child]:
    """A server on a port of its own, ended with the block. It keeps nothing, unless the arguments say where."""
    log = folder / "server.log"
    command = ["serve", "--port", "0", "--exit-with-parent", "--log-level", level, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "WIRECHECK_IN_MEMORY"}
    if not {"--data", "--database"} & set(arguments):
        command.append("--in-memory")
    process = Forked("wirecheck_reference", command, log, environment)
    impatience = threading.Timer(PATIENCE, process.kill)
    impatience.start()
    try:
        ready = process.stdout.readline().strip()
        impatience.cancel()
        assert ready.startswith(READY), log.read_text()
        url = ready.removeprefix(READY)
        with httpx2.Client(base_url=url, timeout=PATIENCE) as client:
            yield Child(url, process, log, client)
    finally:
        impatience.cancel()
        process.terminate()
        process.wait(PATIENCE)
        process.close()


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Waits for the condition, and fails where it does not come true."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.01)
