"""Several processes at one address, each with its own app: a supervisor starts them, watches them and ends them.

uvicorn's supervisor does the work. What each process is to be goes to it through a pipe: nothing of it stands on a
command line. Knows no route.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import structlog
import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from wirecheck_reference.http.serving import Server, bound_to, how, listening, on_end_of_input
from wirecheck_reference.logs import configure_logs
from wirecheck_reference.settings import LogLevel, Settings

_log = structlog.get_logger("wirecheck.server")
# Seconds for which a process may be deaf before it is replaced: on a busy machine it takes some to be loaded.
_DEAF: Final = 30
# Seconds that a process may take to let go of what it has, once its answers are over.
_LEAVING: Final = 20
_FORKSERVER: Final = "forkserver"
# Where there is none, on Windows, each process loads the server.
_FORKING: Final[Any] = (
    multiprocessing.get_context(_FORKSERVER) if _FORKSERVER in multiprocessing.get_all_start_methods() else None
)


def serve_with_workers(
    make: Callable[[], ASGIApp],
    settings: Settings,
    *,
    loaded: str,
    says: Sequence[str] = (),
    exit_with_parent: bool = False,
    on_death: Callable[[int], None] | None = None,
) -> None:
    """Serves with `settings.workers` processes until SIGTERM or SIGINT, as `serve` does with one.

    `make` is what each makes its app with: it can be pickled, and the module `loaded` has it. A process that dies is
    replaced, and `on_death` is told its number. Prints its lines once all of them answer. Raises `OSError` where the
    port is taken, and `SystemExit` where they cannot start.
    """
    bound = bound_to(settings.host, settings.port)
    if _FORKING is not None:
        _FORKING.set_forkserver_preload([loaded])
    config = _Config(make, settings.log_level, settings.workers, how(settings))
    supervisor = _Supervisor(config, bound, [listening(bound), *says], on_death)
    if exit_with_parent:
        on_end_of_input(supervisor.should_exit.set)
    supervisor.run()
    if supervisor.failed:
        raise SystemExit(STARTUP_FAILURE)


class _Config(uvicorn.Config):
    """What each process is told. It sets up the logs there."""

    def __init__(self, make: Callable[[], ASGIApp], level: LogLevel, workers: int, told: dict[str, Any]) -> None:
        self._level = level
        super().__init__(make, factory=True, workers=workers, timeout_worker_healthcheck=_DEAF, **told)

    def configure_logging(self) -> None:
        """Sets up the logs, when uvicorn asks for it: here, and in each process."""
        super().configure_logging()
        configure_logs(self._level, worker=True)


class _Worker(Process):
    """One of the processes, seen from both sides."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        # uvicorn would have each load the whole server: they are forked from a process that has loaded it.
        if _FORKING is not None:
            self.process = _FORKING.Process(target=_begin, args=(self, sockets))

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves; in the process itself."""
        # Made here: the thread that answers the supervisor would make another.
        server = Server(self.config)
        self._server = server
        supervisor = multiprocessing.parent_process()
        if supervisor is not None:
            threading.Thread(target=_end_after, args=(supervisor, server), daemon=True).start()
        super().target(sockets)


def _begin(worker: _Worker, sockets: list[socket.socket]) -> None:
    """The first thing that a forked process does."""
    worker.config.configure_logging()
    worker.target(sockets)


def _end_after(supervisor: Any, server: Server) -> None:
    """No process is left by a supervisor that was killed, not even one that is still about to start."""
    supervisor.join()
    server.end()
    time.sleep(_patience(server.config))
    os._exit(STARTUP_FAILURE)


def _patience(config: uvicorn.Config) -> float:
    """Seconds that a process may take to end."""
    return (config.timeout_graceful_shutdown or 0) + _LEAVING


class _Supervisor(Multiprocess):
    """uvicorn's, with processes of ours, as many as there are from the first to the last."""

    def __init__(
        self, config: uvicorn.Config, bound: socket.socket, says: Sequence[str], on_death: Callable[[int], None] | None
    ) -> None:
        super().__init__(config, [bound])
        self._says = says
        self._on_death = on_death
        self._answering = False
        self.failed = False

    def init_processes(self) -> None:
        """Starts all."""
        self.processes = [self._started() for _ in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        """Replaces those that have died, or are deaf, once all have answered; before that, ends."""
        for place, process in enumerate(self.processes):
            if self.should_exit.is_set() or process.is_alive(_DEAF):
                continue
            process.kill()
            process.join()
            if not self._answering or process.exitcode == STARTUP_FAILURE:
                self.failed = True
                self.should_exit.set()
                return
            _log.error("a process has died, and is replaced", died=process.pid, exit_code=process.exitcode)
            if self._on_death is not None and process.pid is not None:
                self._on_death(process.pid)
            self.processes[place] = self._started()
        if not self._answering and all(process.is_ready(_DEAF) for process in self.processes):
            self._answering = True
            print(*self._says, sep="\n", flush=True)

    def terminate_all(self) -> None:
        """Ends all. Who connects from now on is refused: otherwise they would wait for nobody."""
        for bound in self.sockets:
            bound.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Waits for all, but not for ever: one that hangs when it starts hears nobody."""
        for process in self.processes:
            process.process.join(_patience(self.config))
            if process.process.is_alive():
                process.kill()
                process.join()

    def handle_hup(self) -> None:
        """The processes stay as they are: settings are read once."""

    def handle_ttin(self) -> None:
        """There are as many as the settings say."""

    def handle_ttou(self) -> None:
        """There are as many as the settings say."""

    def _started(self) -> _Worker:
        worker = _Worker(self.config, self.sockets)
        worker.start()
        return worker
