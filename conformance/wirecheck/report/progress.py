"""What a run is doing, while it does it: a live line on a terminal, plain lines elsewhere. Judges nothing."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Final, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from wirecheck.evidence.exchange import Exchange
from wirecheck.report.excerpt import cut, visible
from wirecheck.report.paper import Paper

_BAR: Final = 24
# Seconds after which a phase that goes on says so, where there is no terminal to show it.
_EVERY: Final = 10.0


class Progress:
    """A context manager. `phase` and `saw` may be called from any thread; nothing of it is left on the terminal."""

    def __init__(self, console: Console) -> None:
        self._lock = threading.Lock()
        self._paper = Paper(console)
        self._live = (
            Live(self, console=console, refresh_per_second=8, transient=True)
            if console.is_terminal and not console.is_dumb_terminal
            else None
        )
        self._spinner = Spinner("dots" if console.encoding.lower().startswith("utf") else "line")
        self._began = time.monotonic()
        self._said = self._began
        self._name = ""
        self._total: int | None = None
        self._steps: set[str] = set()
        self._requests = 0
        self._silent = 0
        self._failing = 0
        self._last = ""

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def phase(self, name: str, total: int | None = None) -> None:
        """A phase begins; `total` steps are expected where that is known."""
        with self._lock:
            self._name, self._total = name, total
            self._said = time.monotonic()
            self._steps.clear()
            sent = self._counts() if self._requests else ""
        if self._live is None:
            steps = "" if total is None else f" ({total})"
            self._paper.line(f"{self._elapsed():>7}  {name}{steps}", (f"  {sent}".rstrip(), "dim"))

    def saw(self, exchange: Exchange) -> None:
        """An exchange was made. A probe that was asked for the first time in this phase is a step."""
        with self._lock:
            due = time.monotonic() - self._said >= _EVERY
            self._said = time.monotonic() if due else self._said
            self._requests += 1
            self._silent += exchange.unanswered
            self._failing += exchange.status is not None and exchange.status >= 500
            self._steps.add(exchange.intent.origin)
            self._last = cut(visible(f"{exchange.intent.origin}  {exchange}"), 200)
            steps = f" {len(self._steps)} of {self._total}" if self._total else ""
            line = f"{self._elapsed():>7}  {self._name}{steps}", (f"  {self._counts()}", "dim")
        if due and self._live is None:
            self._paper.line(*line)

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._began:.1f} s"

    def _counts(self) -> str:
        found = [f"{self._requests} request{'s' * (self._requests != 1)}"]
        found += [f"{self._failing} answered with 5xx"] if self._failing else []
        found += [f"{self._silent} without an answer"] if self._silent else []
        return ", ".join(found)

    def __rich__(self) -> RenderableType:
        """What the terminal shows at this moment."""
        with self._lock:
            self._spinner.update(text=Text(f" {self._name}", style="bold"))
            cells: list[RenderableType] = [self._spinner]
            if self._total:
                done = min(len(self._steps), self._total)
                cells += [ProgressBar(self._total, done, width=_BAR), Text(f"{done}/{self._total}")]
            cells.append(Text(f"{self._counts()}  {self._elapsed()}", style="dim"))
            last = Text(f"  {self._last}", style="dim", no_wrap=True, overflow="ellipsis")
        row = Table.grid(padding=(0, 1))
        row.add_row(*cells)
        return Group(row, last)
