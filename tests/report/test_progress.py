"""The progress: plain lines where nobody watches, a live line that leaves nothing where somebody does."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator

import pytest
from rich.console import Console
from wirecheck.evidence.exchange import Exchange, Intent, Request
from wirecheck.gathering import Watcher
from wirecheck.report.progress import Progress


def _exchange(origin: str, status: int | None = 200, error: str = "") -> Exchange:
    return Exchange(Request("GET", "/v1/models", "http://h/v1/models"), status, error=error, intent=Intent(origin))


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    monkeypatch.setenv("TERM", "xterm-256color")
    with io.StringIO() as out:
        yield Console(file=out, force_terminal=True, width=100, height=30)


def test_without_a_terminal_each_phase_is_one_line() -> None:
    out = io.StringIO()
    with Progress(Console(file=out, width=80)) as progress:
        watcher: Watcher = progress
        watcher.phase("looking for the server")
        watcher.saw(_exchange("preflight"))
        watcher.phase("asking", 61)
        for status in (200, 503, None):
            watcher.saw(_exchange("chat.plain", status))
        watcher.phase("judging")
    lines = [re.sub(r"^ *\d+\.\d s  ", "", line) for line in out.getvalue().splitlines()]
    assert lines == [
        "looking for the server",
        "asking (61)  1 request",
        "judging  4 requests, 1 answered with 5xx, 1 without an answer",
    ]


def test_without_a_terminal_a_long_phase_says_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    clock = [0.0]
    monkeypatch.setattr("wirecheck.report.progress.time.monotonic", lambda: clock[0])
    with Progress(Console(file=out, width=80)) as progress:
        progress.phase("asking", 61)
        for clock[0] in (1, 9, 12, 13, 23):
            progress.saw(_exchange(f"chat.{clock[0]}"))
    assert out.getvalue().splitlines()[1:] == [
        " 12.0 s  asking 3 of 61  3 requests",
        " 23.0 s  asking 5 of 61  5 requests",
    ]


def test_on_a_terminal_the_view_is_live_and_leaves_nothing(console: Console) -> None:
    with Progress(console) as progress:
        progress.phase("asking", 2)
        progress.saw(_exchange("chat.plain"))
        progress.saw(_exchange("chat.plain"))
        progress.saw(_exchange("tools.odd\x1b[31m", None, "\x1b]0;owned\x07" + "long " * 100))
        progress.saw(_exchange("one.more"))
        with console.capture() as captured:
            console.print(progress)
        shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", captured.get())
        assert "asking" in shown
        assert "2/2" in shown
        assert "4 requests, 1 without an answer" in shown
        assert "one.more  GET /v1/models -> 200" in shown
    written = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    assert "owned\x07" not in written
    assert written.endswith("\x1b[2K")  # the last line of the view is erased


def test_threads_may_tell_at_once(console: Console) -> None:
    with Progress(console) as progress:
        progress.phase("sweeping")

        def tell() -> None:
            for _ in range(200):
                progress.saw(_exchange("sweep"))

        threads = [threading.Thread(target=tell) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with console.capture() as captured:
            console.print(progress)
    assert "1600 requests" in captured.get()


def test_the_terminal_is_given_back_when_a_run_fails(console: Console) -> None:
    def interrupted() -> None:
        with Progress(console) as progress:
            progress.phase("asking", 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    written = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    assert written.count("\x1b[?25l") == written.count("\x1b[?25h") == 1
