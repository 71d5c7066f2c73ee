"""Several processes behind one address: they start and end together, and one that dies is replaced."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any, Final
from unittest.mock import Mock

import httpx2
import pytest
from click.testing import CliRunner
from wirecheck_reference import cli
from wirecheck_reference.app import create_app
from wirecheck_reference.http import workers
from wirecheck_reference.settings import Settings

from tests.reference.child import CHAT, PATIENCE, Child, child, until

KEY: Final = "sk-good-and-secret"
HEADERS: Final = {"authorization": f"Bearer {KEY}"}


def processes(server: Child, event: str) -> set[int]:
    """The processes that have logged such an event."""
    return {entry["process"] for entry in server.logged() if entry["event"] == event and "process" in entry}


def alive(process: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def ask(server: Child, **fields: Any) -> httpx2.Response:
    """One chat, on a connection of its own."""
    body = {"model": "echo", "messages": [{"role": "user", "content": "hello"}], **fields}
    return httpx2.post(f"{server.url}{CHAT}", json=body, headers=HEADERS, timeout=PATIENCE)


def test_workers_share_an_address_are_replaced_and_end_together(tmp_path: Path) -> None:
    how = ("--workers", "2", "--data", str(tmp_path / "kept"), "--api-key", KEY, "--metrics")
    with child(tmp_path, *how, level="info") as server:
        first = processes(server, "started")
        assert len(first) == 2
        assert server.process.pid not in first
        for worker in first:
            shown = [Path(f"/proc/{worker}/{each}").read_bytes() for each in ("cmdline", "environ")]
            assert not any(KEY.encode() in each for each in shown)
        victim = min(first)
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(processes(server, "started")) == 3, PATIENCE)
        (death,) = [entry for entry in server.logged() if "replaced" in entry["event"]]
        assert (death["died"], death["exit_code"]) == (victim, -signal.SIGKILL)
        now = processes(server, "started") - {victim}

        asked = 0

        def answered_by_all() -> bool:
            nonlocal asked
            assert ask(server).status_code == 200
            asked += 1
            return processes(server, "request") == now

        until(answered_by_all, PATIENCE)
        counted = httpx2.get(f"{server.url}/metrics").text
        line = 'wirecheck_requests_total{method="POST",operation="createChatCompletion",status="200"}'
        assert f"{line} {asked}.0" in counted.splitlines()
        words = [{"role": "user", "content": "word " * 40}]
        body = {"model": "echo-slow", "messages": words, "stream": True}
        with server.client.stream("POST", CHAT, json=body, headers=HEADERS) as answer:
            lines = answer.iter_lines()
            next(lines)
            server.process.send_signal(signal.SIGTERM)
            until(lambda: refused(server))
            assert [line for line in lines if line][-1] == "data: [DONE]"
        assert server.process.wait(PATIENCE) == 0
        assert processes(server, "stopped") == now
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""


def refused(server: Child) -> bool:
    """Whether who connects now is turned away."""
    try:
        httpx2.get(f"{server.url}/health")
    except httpx2.TransportError:
        return True
    return False


def test_no_worker_outlives_its_supervisor(tmp_path: Path) -> None:
    with child(tmp_path, "--workers", "2", "--data", str(tmp_path / "kept"), level="info") as server:
        serving = processes(server, "started")
        server.process.kill()
        until(lambda: not any(map(alive, serving)), PATIENCE)
        assert processes(server, "stopped") == serving


def test_processes_that_cannot_start_end_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = Mock(exitcode=3, **{"is_alive.return_value": False, "process.is_alive.return_value": False})
    monkeypatch.setattr(workers._Supervisor, "_started", lambda _: dead)
    monkeypatch.setattr(workers, "configure_logs", lambda *_, **__: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        workers.serve_with_workers(create_app, Settings(port=0, workers=2), loaded="wirecheck_reference.app")
    assert ended.value.code == 3


def test_a_database_that_is_not_to_be_had_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WIRECHECK_IN_MEMORY")
    monkeypatch.setattr(cli, "configure_logs", lambda _: None)
    done = CliRunner().invoke(
        cli.main, ["serve", "--workers", "2", "--database", f"postgresql://nobody@/none?host={tmp_path}"]
    )
    assert done.exit_code == 2
    assert "the database is not to be had" in done.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--in-memory"], "share what they keep"),
        (["--limited-key", "some"], "--rate-limit-storage redis://"),
        (["--rate-limit", "5/minute"], "--rate-limit-storage redis://"),
        (["--fault", "never-says-done"], "one process"),
        (["--variant", "begins-as-azure-does"], "one process"),
        (["--all-faults"], "one process"),
    ],
)
def test_workers_that_would_not_be_as_one_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], says: str
) -> None:
    monkeypatch.delenv("WIRECHECK_IN_MEMORY")
    monkeypatch.setattr(cli, "configure_logs", lambda _: None)
    done = CliRunner().invoke(cli.main, ["serve", "--workers", "2", "--data", str(tmp_path), *arguments])
    assert done.exit_code == 2
    assert says in done.output
