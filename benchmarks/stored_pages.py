"""Whether a page of a long list costs the same wherever in it the page is: all stored completions, by cursor, by HTTP.

Prints the median milliseconds of a page for each tenth of the way, and the ratio of the last tenth to the first.
Exit codes: 0 measured, and as flat as `--most` has it; 1 it grew; 2 the list was not whole.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlencode

import httpx2
from sqlalchemy import insert, select
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.stored_completions import StoredCompletion

_CHATS: Final = "/v1/chat/completions"
_AT_ONCE: Final = 10_000
_PARTS: Final = 10


async def fill(url: str, count: int) -> None:
    """Copies the one completion that is stored until there are so many."""
    database = Database(url)
    try:
        async with database.read() as work:
            found = (await work.execute(select(StoredCompletion.__table__))).mappings().one()
        one = {name: value for name, value in found.items() if name != "position"}
        for first in range(1, count, _AT_ONCE):
            ids = [f"chatcmpl-{number:032x}" for number in range(first, min(first + _AT_ONCE, count))]
            rows = [{**one, "id": id_, "document": {**one["document"], "id": id_}} for id_ in ids]
            async with database.write() as work:
                await work.execute(insert(StoredCompletion.__table__), rows)  # type: ignore[arg-type]  # a Table, typed wider
    finally:
        await database.stop()


def walk(client: httpx2.Client, limit: int) -> Iterator[tuple[float, list[str]]]:
    """The seconds that each page took, and the ids on it."""
    query = {"limit": str(limit)}
    while True:
        began = time.perf_counter()
        answer = client.get(f"{_CHATS}?{urlencode(query)}")
        seconds = time.perf_counter() - began
        page = answer.raise_for_status().json()
        yield seconds, [each["id"] for each in page["data"]]
        if not page["has_more"]:
            return
        query["after"] = page["last_id"]


def measure(url: str, database: str, count: int, limit: int, most: float) -> int:
    """Fills the list, and walks all of it."""
    with httpx2.Client(base_url=url, timeout=60) as client:
        body = {"model": "echo", "messages": [{"role": "user", "content": "hello"}], "store": True}
        client.post(_CHATS, json=body).raise_for_status()
        began = time.perf_counter()
        asyncio.run(fill(database, count))
        print(f"{count:,} completions, written in {time.perf_counter() - began:.0f} s", flush=True)
        seconds, ids = [], set[str]()
        for took, page in walk(client, limit):
            seconds.append(took)
            ids.update(page)
    part = max(len(seconds) // _PARTS, 1)
    parts = [median(seconds[first : first + part]) * 1000 for first in range(0, part * _PARTS, part)]
    for number, took in enumerate(parts):
        print(f"pages {number * part + 1:>6} to {(number + 1) * part:>6}: {took:.2f} ms")
    ratio = parts[-1] / parts[0]
    print(f"{len(seconds):,} pages of {limit}, {sum(seconds):.0f} s; the last tenth to the first: {ratio:.2f}")
    if len(ids) != count:
        print(f"{len(ids)} of {count} were listed", file=sys.stderr)
        return 2
    return 0 if ratio <= most else 1


def main() -> int:
    """Starts a server, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--database", help="an empty one, postgresql://...; a file of SQLite unless told otherwise")
    parser.add_argument("--most", type=float, default=1.25, help="times that the last tenth may take of the first")
    options = parser.parse_args()
    if options.count < options.limit * _PARTS:
        parser.error(f"--count: at least {_PARTS} pages are wanted")
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or f"sqlite:///{Path(folder) / 'wirecheck.db'}"
        line = [sys.executable, "-m", "wirecheck_reference", "serve", "--port", "0", "--data", folder]
        environment = {name: value for name, value in os.environ.items() if name != "WIRECHECK_IN_MEMORY"}
        with subprocess.Popen(
            [*line, "--database", database, "--exit-with-parent", "--log-level", "warning"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as server:
            assert server.stdout is not None  # noqa: S101  # it is a pipe
            url = server.stdout.readline().strip().removeprefix("listening on ")
            try:
                return measure(url, database, options.count, options.limit, options.most)
            finally:
                server.terminate()


if __name__ == "__main__":
    sys.exit(main())
