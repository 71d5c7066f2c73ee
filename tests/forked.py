"""A command of this project in a process of its own, forked from one in which all is imported already.

Importing takes nearly all of the time in which a command starts, and tests start hundreds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final, Literal

# The packages of the suite and of the server, each with its command in a module `cli`.
Program = Literal["wirecheck", "wirecheck_reference"]

_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["wirecheck.cli", "wirecheck.sweeping.cases", "wirecheck_reference.cli", "dbos", __name__]
)


class Forked:
    """What `subprocess.Popen` is to the same command: `stdin` and `stdout` are text, standard error goes to a file."""

    def __init__(
        self,
        program: Program,
        arguments: Sequence[str],
        errors: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        its_input, ours = _FORKS.Pipe(duplex=False)
        our_output, its_output = _FORKS.Pipe(duplex=False)
        given = dict(os.environ if environment is None else environment)
        told = (program, list(arguments), errors, given, folder or Path.cwd(), its_input, its_output)
        self._process = _FORKS.Process(target=_run, args=told)
        self._process.start()
        its_input.close()
        its_output.close()
        self.stdin: IO[str] = os.fdopen(os.dup(ours.fileno()), "w")
        self.stdout: IO[str] = os.fdopen(os.dup(our_output.fileno()))
        ours.close()
        our_output.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        pid = self._process.pid
        assert pid is not None
        return pid

    def send_signal(self, number: signal.Signals) -> None:
        """Sends a signal, unless it has ended."""
        if self._process.is_alive():
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Sends SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Sends SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """Its exit status, negative where a signal ended it. Raises `subprocess.TimeoutExpired`."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("wirecheck", seconds)
        return self._process.exitcode

    def close(self) -> None:
        """Closes the pipes."""
        self.stdin.close()
        self.stdout.close()


def command(
    program: Program,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    seconds: float = 60.0,
) -> subprocess.CompletedProcess[str]:
    """What became of a command: its status, what it wrote to standard output and to standard error.

    It is killed where it has not ended within the seconds: raises `subprocess.TimeoutExpired`.
    """
    with NamedTemporaryFile() as errors:
        process = Forked(program, arguments, Path(errors.name), environment, folder)
        impatience = threading.Timer(seconds, process.kill)
        impatience.start()
        said = process.stdout.read()
        status = process.wait(seconds)
        impatience.cancel()
        process.close()
        if status == -signal.SIGKILL:
            raise subprocess.TimeoutExpired("wirecheck", seconds, said)
        return subprocess.CompletedProcess(arguments, status, said, Path(errors.name).read_text())


def _run(
    program: Program,
    arguments: list[str],
    errors: Path,
    environment: dict[str, str],
    folder: Path,
    its_input: Connection,
    its_output: Connection,
) -> None:
    """The command, in the forked process: its standard streams, environment and folder are what it was given."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    os.dup2(its_input.fileno(), 0)
    os.dup2(its_output.fileno(), 1)
    with errors.open("w") as file:
        os.dup2(file.fileno(), 2)
    its_input.close()
    its_output.close()
    sys.stdin = os.fdopen(0)
    sys.argv = ["wirecheck", *arguments]
    import_module(f"{program}.cli").main(arguments, prog_name="wirecheck")
