"""What a batch costs as it grows, and what it costs others: 1,000 lines, 10,000 lines, and chats beside these.

Prints the milliseconds a line and the most memory of the server for both sizes, and the 99th percentile of the time
that a chat takes alone and beside the larger batch. Exit codes: 0 measured, and within the bounds; 1 beyond one of
them; 2 a batch did not come to its end. Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any, Final

import httpx2
from memory import Memory

_CHAT: Final = "/v1/chat/completions"
_OVER: Final = frozenset({"completed", "failed", "expired", "cancelled"})


def content(lines: int) -> bytes:
    """An input file of so many chats."""

    def line(number: int) -> bytes:
        messages = [{"role": "user", "content": f"Repeat exactly: number {number}"}]
        body = {"model": "echo", "messages": messages, "max_tokens": 16}
        asked = {"custom_id": f"request-{number}", "method": "POST", "url": _CHAT, "body": body}
        return json.dumps(asked).encode() + b"\n"

    return b"".join(line(number) for number in range(lines))


def begin(client: httpx2.Client, lines: int) -> str:
    """The id of a batch of so many lines."""
    file = client.post("/v1/files", files={"file": ("lines.jsonl", content(lines))}, data={"purpose": "batch"})
    asked = {"input_file_id": file.json()["id"], "endpoint": _CHAT, "completion_window": "24h"}
    id_: str = client.post("/v1/batches", json=asked).raise_for_status().json()["id"]
    return id_


def wait(client: httpx2.Client, id_: str) -> dict[str, Any]:
    """A batch once it is over."""
    pause = threading.Event()
    while True:
        batch: dict[str, Any] = client.get(f"/v1/batches/{id_}").json()
        if batch["status"] in _OVER:
            return batch
        pause.wait(0.1)


def slowest(client: httpx2.Client, least: int, goes_on: Callable[[], bool] = lambda: False) -> float:
    """The 99th percentile of the milliseconds of chats, one after the other: so many at least, and all the time."""
    taken: list[float] = []
    body = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}
    while len(taken) < least or goes_on():
        began = time.perf_counter()
        client.post(_CHAT, json=body).raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
    return quantiles(taken, n=100)[98]


def main() -> int:
    """Runs both batches on one server, the larger with chats beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--database", help="the URL of a database of PostgreSQL, which is filled; SQLite otherwise")
    parser.add_argument("--most", type=float, default=1.5, help="how much longer a line of the larger one may take")
    parser.add_argument("--memory", type=float, default=48, help="MiB by which the memory may grow")
    parser.add_argument("--beside", type=float, default=2.0, help="how much longer a chat may take beside it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = ["--data", folder, *(["--database", options.database] if options.database else [])]
        line = [sys.executable, "-m", "wirecheck_reference", "serve", "--port", "0", "--exit-with-parent", *where]
        with subprocess.Popen(
            [*line, "--log-level", "warning"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None  # noqa: S101  # it is a pipe
            url = server.stdout.readline().strip().removeprefix("listening on ")
            try:
                with httpx2.Client(base_url=url, timeout=600) as client:
                    return measure(client, server.pid, options)
            finally:
                server.terminate()


def measure(client: httpx2.Client, process: int, options: argparse.Namespace) -> int:
    """Both sizes, and the chats."""
    wait(client, begin(client, 10))  # What the first batch loads is no part of the others.
    alone = slowest(client, 1000)
    costs: list[float] = []
    memory = Memory(process)
    grown: list[float] = []
    for lines in (options.lines // 10, options.lines):
        began = time.perf_counter()
        batch = wait(client, begin(client, lines))
        costs.append((time.perf_counter() - began) / lines * 1000)
        grown.append(memory.most)
        print(f"{lines} lines: {batch['status']}, {costs[-1]:.2f} ms a line, at most {memory.most:.0f} MiB")
        if batch["request_counts"] != {"total": lines, "completed": lines, "failed": 0}:
            return 2
    memory.end()
    id_ = begin(client, options.lines)
    going_on = threading.Event()

    def watch() -> None:
        with httpx2.Client(base_url=client.base_url, timeout=600) as other:
            wait(other, id_)
        going_on.set()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    beside = slowest(client, 100, lambda: not going_on.is_set())
    watcher.join()
    print(f"a line of the larger takes {costs[1] / costs[0]:.2f} times as long")
    print(f"memory of the server: {memory.first:.0f} MiB before, {grown[0]:.0f} and {grown[1]:.0f} MiB")
    print(f"chats, 99th percentile: {alone:.1f} ms alone, {beside:.1f} ms beside a batch: {beside / alone:.2f} times")
    within = costs[1] <= costs[0] * options.most and grown[1] - grown[0] <= options.memory
    return 0 if within and beside <= alone * options.beside else 1


if __name__ == "__main__":
    sys.exit(main())
