"""Runs the app on a socket of its own: says when it is ready, and ends when it is told to. Knows no route."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from wirecheck_reference.settings import Settings

PROTOCOL: Final = "wirecheck_reference.http.protocol:Protocol"
_WAITING: Final = 2048
# Objects made before the collector looks: an answer makes hundreds, and nearly all die with it.
_COLLECTING: Final = (50_000, 20, 100)


def serve(app: ASGIApp, settings: Settings, *, says: Sequence[str] = (), exit_with_parent: bool = False) -> None:
    """Serves until SIGTERM or SIGINT, or until standard input closes where `exit_with_parent`.

    Prints `listening on http://HOST:PORT` once requests are answered, and the lines of `says` after it. Raises
    `OSError` where the port is taken.
    """
    bound = bound_to(settings.host, settings.port)
    server = Server(uvicorn.Config(app, **how(settings)), [listening(bound), *says])
    if exit_with_parent:
        on_end_of_input(server.end)
    server.run(sockets=[bound])


def how(settings: Settings) -> dict[str, Any]:
    """What uvicorn is told, whatever it serves: it can be sent to another process."""
    return {
        "http": PROTOCOL,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "lifespan": "on",
        "backlog": _WAITING,
        "timeout_graceful_shutdown": settings.shutdown_seconds,
    }


class Server(uvicorn.Server):
    """A server that ends cleanly by SIGTERM and SIGINT, and prints lines once it accepts."""

    def __init__(self, config: uvicorn.Config, says: Sequence[str] = ()) -> None:
        super().__init__(config)
        self._says = says

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves until it is told to end."""
        # uvicorn raises what it caught again once it has ended: by then there is nothing left to do.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.end)
        super().run(sockets)

    def end(self, *_: object) -> None:
        """Answers what it is about to answer, and ends."""
        self.should_exit = True

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Starts to listen, and says so."""
        await super().startup(list(sockets) if sockets is not None else None)
        # What is there by now stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTING)
        if self.started and self._says:
            print(*self._says, sep="\n", flush=True)


def bound_to(host: str, port: int) -> socket.socket:
    """A socket with this address, on which nobody listens yet. Raises `OSError` where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def listening(bound: socket.socket) -> str:
    """The line that says where requests are answered."""
    host, port = bound.getsockname()[:2]
    return f"listening on http://[{host}]:{port}" if ":" in host else f"listening on http://{host}:{port}"


def on_end_of_input(end: Callable[[], None]) -> None:
    """Ends when standard input closes, as it does when the parent is gone, however it went."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            continue
        end()

    threading.Thread(target=watch, daemon=True).start()
