"""A bare ASGI app that answers every request with the frames in a file. Knows no contract: it is the ruler.

`python benchmarks/bare.py FRAMES.json`, where the file is {"type": media type, "frames": [text, ...]}. One frame is
sent with its length, several as a stream. Prints `listening on http://127.0.0.1:PORT`.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import uvicorn

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Send], Awaitable[None]]


def whole(media: bytes, body: bytes) -> App:
    """An app that answers with one body."""
    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", media), (b"content-length", b"%d" % len(body))],
    }
    answer = {"type": "http.response.body", "body": body}

    async def app(scope: Any, receive: Any, send: Send) -> None:  # noqa: ARG001 - the signature of ASGI
        await send(start)
        await send(answer)

    return app


def streamed(media: bytes, frames: Sequence[bytes]) -> App:
    """An app that answers with a frame at a time."""
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", media)]}
    pieces = [{"type": "http.response.body", "body": frame, "more_body": True} for frame in frames]
    end = {"type": "http.response.body", "body": b"", "more_body": False}

    async def app(scope: Any, receive: Any, send: Send) -> None:  # noqa: ARG001 - the signature of ASGI
        await send(start)
        for piece in pieces:
            await send(piece)
        await send(end)

    return app


class Server(uvicorn.Server):
    """A server that says on standard output when it accepts."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to listen, and says so."""
        await super().startup(sockets)
        if sockets:
            print(f"listening on http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


def main() -> None:
    """Serves until it is told to end."""
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    frames = [frame.encode() for frame in given["frames"]]
    media = given["type"].encode()
    app = whole(media, frames[0]) if len(frames) == 1 else streamed(media, frames)
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=2048,
    )
    Server(config).run(sockets=[bound])


if __name__ == "__main__":
    main()
