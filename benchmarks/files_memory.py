"""What a server's memory is while a large file goes up and comes down: it must not grow with the file.

Exit codes: 0 measured, and flat; 1 it grew by more than `--most` MiB; 2 the server did not do it. Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Final

import httpx2
from memory import Memory

_PIECE: Final = os.urandom(2**20)
_BOUNDARY: Final = "a-boundary"


def form(mebibytes: int, digest: hashlib._Hash) -> Iterator[bytes]:
    """An upload of so many MiB, piece by piece; its content goes through the digest."""
    head = 'Content-Disposition: form-data; name="{}"'
    yield f"--{_BOUNDARY}\r\n{head.format('purpose')}\r\n\r\nuser_data\r\n".encode()
    yield f'--{_BOUNDARY}\r\n{head.format("file")}; filename="large.bin"\r\n\r\n'.encode()
    for number in range(mebibytes):
        piece = number.to_bytes(8, "big") + _PIECE[8:]
        digest.update(piece)
        yield piece
    yield f"\r\n--{_BOUNDARY}--\r\n".encode()


def main() -> int:
    """Sends a file up and down once, and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--most", type=float, default=32, help="MiB by which the memory may grow")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-m", "wirecheck_reference", "serve", "--port", "0", "--data", folder]
        environment = {**os.environ, "WIRECHECK_MAX_FILE_BYTES": str(options.mebibytes * 2**20)}
        with subprocess.Popen(
            [*line, "--exit-with-parent", "--log-level", "warning"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as server:
            assert server.stdout is not None  # noqa: S101  # it is a pipe
            url = server.stdout.readline().strip().removeprefix("listening on ")
            try:
                return measure(url, server.pid, options.mebibytes, options.most)
            finally:
                server.terminate()


def measure(url: str, process: int, mebibytes: int, most: float) -> int:
    """The way up and the way down, each by its own figures."""
    up, down = hashlib.sha256(), hashlib.sha256()
    with httpx2.Client(base_url=url, timeout=600) as client:
        # What the first request of each kind loads is no part of the file.
        small = client.post("/v1/files", content=b"".join(form(1, hashlib.sha256())), headers=_label())
        client.get(f"/v1/files/{small.json()['id']}/content")
        memory, began = Memory(process), time.perf_counter()
        answer = client.post("/v1/files", content=form(mebibytes, up), headers=_label())
        if answer.status_code != 200:
            print(json.dumps(answer.json()), file=sys.stderr)
            return 2
        rose, seconds = memory.most, time.perf_counter() - began
        print(f"up    {mebibytes} MiB in {seconds:.1f} s, {mebibytes / seconds:.0f} MiB/s")
        began = time.perf_counter()
        with client.stream("GET", f"/v1/files/{answer.json()['id']}/content") as content:
            for piece in content.iter_raw():
                down.update(piece)
        seconds = time.perf_counter() - began
        memory.end()
        print(f"down  {mebibytes} MiB in {seconds:.1f} s, {mebibytes / seconds:.0f} MiB/s")
    print(f"memory of the server: {memory.first:.0f} MiB before, at most {rose:.0f} up, {memory.most:.0f} in all")
    if up.digest() != down.digest():
        print("the bytes that came back are others", file=sys.stderr)
        return 2
    return 0 if memory.most - memory.first <= most else 1


def _label() -> dict[str, str]:
    return {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}


if __name__ == "__main__":
    sys.exit(main())
