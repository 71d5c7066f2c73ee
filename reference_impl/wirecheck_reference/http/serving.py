"""Runs the app on a socket of its own: says when it is ready, and ends when it is told to. Knows no route."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from wirecheck_reference.http.protocol import http_protocol
from wirecheck_reference.settings import Settings

_WAITING: Final = 2048
# Objects made before the collector looks: an answer makes hundreds, and nearly all die with it.
_COLLECTING: Final = (50_000, 20, 100)


def serve(app: ASGIApp, settings: Settings, *, says: Sequence[str] = (), exit_with_parent: bool = False) -> None:
    """Serves until SIGTERM or SIGINT, or until standard input closes where `exit_with_parent`.

    Prints `listening on http://HOST:PORT` once requests are answered, and the lines of `says` after it. Raises
    `OSError` where the port is taken.
    """
    bound = _bound(settings.host, settings.port)
    config = uvicorn.Config(
        app,
        http=http_protocol(),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        backlog=_WAITING,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    server = _Server(config, [f"listening on http://{_authority(bound)}", *says])

    def end(*_: object) -> None:
        server.should_exit = True

    # uvicorn raises what it caught again once it has ended: by then there is nothing left to do.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    if exit_with_parent:
        threading.Thread(target=_watch_parent, args=(server,), daemon=True).start()
    server.run(sockets=[bound])


class _Server(uvicorn.Server):
    """A server that prints lines once it accepts."""

    def __init__(self, config: uvicorn.Config, says: Sequence[str]) -> None:
        super().__init__(config)
        self._says = says

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Starts to listen, and says so."""
        await super().startup(list(sockets) if sockets is not None else None)
        # What is there by now stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTING)
        if self.started:
            print(*self._says, sep="\n", flush=True)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def _authority(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _watch_parent(server: uvicorn.Server) -> None:
    """Waits for standard input to close, as it does when the parent is gone, however it went."""
    while os.read(sys.stdin.fileno(), 4096):
        continue
    server.should_exit = True
