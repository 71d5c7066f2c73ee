"""A server killed in the middle of many creates: what it acknowledged is there when it starts again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tests.reference.child import CHAT, Child, child

KILLS: Final = 10
AT_ONCE: Final = 200
FILES: Final = "/v1/files"
CONTENT: Final = b"some bytes"


def request(path: str, label: str, body: bytes) -> bytes:
    """A POST as it goes over the wire: a client that takes no time of its own keeps all of them in the making."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {label}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


CHATS: Final = request(
    CHAT,
    "application/json",
    json.dumps({"model": "echo", "messages": [{"role": "user", "content": "x"}], "store": True}).encode(),
)
UPLOADS: Final = request(
    FILES,
    "multipart/form-data; boundary=b",
    b'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nuser_data\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + CONTENT + b"\r\n--b--\r\n",
)


async def create_until_killed(server: Child, after: int) -> list[str]:
    """The paths of what was acknowledged to many who create one thing after the other, until the server is killed.

    It is killed once `after` things were acknowledged, with all others in the middle of theirs.
    """
    acknowledged: list[str] = []
    address = urlsplit(server.url)

    async def create(path: str, asked: bytes) -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            while True:
                writer.write(asked)
                head = await reader.readuntil(b"\r\n\r\n")
                size = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
                body = await reader.readexactly(int(size.partition(b":")[2]))
                assert head.startswith(b"HTTP/1.1 200 "), body
                acknowledged.append(f"{path}/{json.loads(body)['id']}")
                if len(acknowledged) == after:
                    server.process.kill()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    each = [(CHAT, CHATS), (CHAT, CHATS), (CHAT, CHATS), (FILES, UPLOADS)] * (AT_ONCE // 4)
    await asyncio.gather(*(create(path, asked) for path, asked in each))
    return acknowledged


def listed(server: Child, path: str) -> Iterator[str]:
    """The paths of all things in a list."""
    after = ""
    while True:
        page: dict[str, Any] = server.client.get(f"{path}?limit=100{after}").json()
        yield from (f"{path}/{each['id']}" for each in page["data"])
        if not page["has_more"]:
            return
        after = f"&after={page['last_id']}"


def test_what_is_acknowledged_outlives_kills(where: tuple[str, ...], tmp_path: Path) -> None:
    kept: set[str] = set()
    for kill in range(KILLS):
        with child(tmp_path, *where) as server:
            found = asyncio.run(create_until_killed(server, AT_ONCE + kill))
        assert len(found) >= AT_ONCE + kill
        kept |= set(found)
    with child(tmp_path, *where) as server:
        assert kept - {*listed(server, CHAT), *listed(server, FILES)} == set()
        files = [path for path in kept if path.startswith(FILES)]
        assert {server.client.get(f"{path}/content").content for path in files} == {CONTENT}
