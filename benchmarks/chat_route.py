"""The reference server's chat route beside a bare ASGI app that sends the same bytes: the price of being right.

Both run under uvicorn with uvloop and httptools, one process each, and are loaded by wrk in alternating rounds of one
run. What counts is the median of the rounds' ratios: the machine's mood is in both halves of a round. A round's ratio
is that of answers a second; where a server waited for the client or for a core, that of processor time an answer.
Exit codes: 0 both targets are met; 1 one is missed; 2 nothing could be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

HERE: Final = Path(__file__).resolve().parent
ROUTE: Final = "/v1/chat/completions"
# Shares of the bare app's requests a second (a body of about 500 bytes, validated) and chunks a second.
TARGETS: Final = {"sync": 0.35, "stream": 0.5}
# Below this share of one core the server was waiting: the client or the machine set the pace.
BUSY: Final = 0.85
_TICKS: Final = os.sysconf("SC_CLK_TCK")

_TURNS: Final = (
    ("system", "You are a careful assistant. Answer in one short paragraph, and say so when you do not know."),
    ("user", "What is the difference between a stream and a batch, in the words of somebody who runs both?"),
    ("assistant", "A stream answers as it goes; a batch answers when it is done."),
    ("user", "And which of the two would you choose for a report that nobody reads before Monday?"),
)


class CannotMeasure(Exception):
    """Nothing can be said; the message says why."""


@dataclass(frozen=True)
class Server:
    """A server that runs: its process id and the URL of its chat route."""

    pid: int
    url: str

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@dataclass(frozen=True)
class Load:
    """One round on one server: answers a second, the server's share of a core, its CPU microseconds an answer."""

    rate: float
    busy: float
    cost: float
    p50: float
    p99: float


def bodies() -> dict[str, bytes]:
    """What is asked: an ordinary conversation, and a text that is repeated in a stream of more than fifty chunks."""
    messages = [{"role": role, "content": text} for role, text in _TURNS]
    long = "Repeat exactly: " + " ".join(f"word-{number}" for number in range(60))
    return {
        "sync": json.dumps({"model": "echo", "messages": messages, "temperature": 0, "max_tokens": 64}).encode(),
        "stream": json.dumps(
            {"model": "echo", "messages": [{"role": "user", "content": long}], "stream": True}
        ).encode(),
    }


@contextmanager
def running(*line: str) -> Iterator[Server]:
    """A server of ours, ended with the block. Raises CannotMeasure where it does not come up."""
    process = subprocess.Popen([sys.executable, *line], stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline() if process.stdout else ""
        if not said.startswith("listening on "):
            raise CannotMeasure(f"{' '.join(line)} did not start")
        yield Server(process.pid, said.removeprefix("listening on ").strip() + ROUTE)
    finally:
        process.terminate()
        process.wait(timeout=20)


def answered(server: Server, body: bytes) -> tuple[str, list[str]]:
    """The media type and the frames of one answer: an event each for a stream, else one."""
    parts = urlsplit(server.url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    connection.request("POST", parts.path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    media, text = str(answer.headers["content-type"]), answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise CannotMeasure(f"{server.url} answers {answer.status}: {text}")
    if not media.startswith("text/event-stream"):
        return media, [text]
    if not text.endswith("data: [DONE]\n\n"):
        raise CannotMeasure("the stream does not end with [DONE]")
    return media, [f"{event}\n\n" for event in text.split("\n\n") if event]


def load(server: Server, body: Path, seconds: float, connections: int, expected: int) -> Load:
    """Loads a server with wrk. Raises CannotMeasure where answers failed or were shorter than `expected` bytes."""
    line = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds:g}s",
        "-s",
        str(HERE / "post.lua"),
        server.url,
        "--",
        str(body),
    ]
    before = server.cpu
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    used = server.cpu - before
    if done.returncode != 0:
        raise CannotMeasure(f"wrk: {done.stderr or done.stdout}")
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if seen["failed"] or not seen["requests"] or seen["bytes"] < expected * seen["requests"]:
        raise CannotMeasure(f"answers failed or are short: {seen}, expected {expected} bytes each")
    rate = seen["requests"] / seen["seconds"]
    return Load(rate, used / seen["seconds"], used / seen["requests"] * 1e6, seen["p50_ms"], seen["p99_ms"])


def ratio(bare: Load, reference: Load) -> float:
    """The reference server's share of the bare app's speed in one round."""
    if min(bare.busy, reference.busy) >= BUSY:
        return reference.rate / bare.rate
    return bare.cost / reference.cost


def measure(kind: str, body: bytes, options: argparse.Namespace, folder: Path) -> float:
    """Measures one kind of answer, prints each round, and returns the median of the ratios."""
    posted = folder / f"{kind}.json"
    posted.write_bytes(body)
    with ExitStack() as stack:
        serve = ("-m", "wirecheck_reference", "serve", "--port", "0", "--log-level", options.log_level)
        ours = stack.enter_context(running(*serve))
        media, frames = answered(ours, body)
        recorded = folder / f"{kind}-frames.json"
        recorded.write_text(json.dumps({"type": media, "frames": frames}), "utf-8")
        bare = stack.enter_context(running(str(HERE / "bare.py"), str(recorded)))
        if answered(bare, body) != (media, frames):
            raise CannotMeasure("the bare app does not send the bytes that it was given")
        expected = sum(len(frame.encode()) for frame in frames)
        chunks = len(frames) - 1 if len(frames) > 1 else 1
        unit = "chunks/s" if chunks > 1 else "requests/s"
        print(f"\n{kind}: {len(body)} bytes asked, {expected} answered in {len(frames)} frame(s)")
        for server in (bare, ours):
            load(server, posted, 1, options.connections, expected)
        ratios: list[float] = []
        for number in range(1, options.rounds + 1):
            pair = {"bare": bare, "reference": ours}
            order = list(pair) if number % 2 else list(reversed(pair))
            loads = {name: load(pair[name], posted, options.seconds, options.connections, expected) for name in order}
            for name in pair:
                seen = loads[name]
                waited = "" if seen.busy >= BUSY else "  waited"
                print(
                    f"  round {number}  {name:<9}  {seen.rate * chunks:>9.0f} {unit}  {seen.cost:>6.0f} us CPU each"
                    f"  p50 {seen.p50:.2f} ms  p99 {seen.p99:.2f} ms  busy {seen.busy:.0%}{waited}"
                )
            ratios.append(ratio(loads["bare"], loads["reference"]))
            print(f"  round {number}  ratio {ratios[-1]:.2f}")
    return statistics.median(ratios)


def main() -> int:
    """Measures both kinds and says whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3, help="seconds of load on each server in a round")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--log-level", default="warning", help="of the reference server")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 2
    met = True
    try:
        with tempfile.TemporaryDirectory() as folder:
            for kind, body in bodies().items():
                median = measure(kind, body, options, Path(folder))
                met = met and median >= TARGETS[kind]
                print(f"{kind}: median ratio {median:.2f}, target {TARGETS[kind]:.2f}")
    except CannotMeasure as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        return 2
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
