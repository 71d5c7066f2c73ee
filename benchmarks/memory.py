"""The memory of a process, watched from outside. Linux."""

from __future__ import annotations

import re
import threading
from pathlib import Path


class Memory:
    """The resident memory of a process in MiB: at the start, and the most that was seen since."""

    def __init__(self, process: int) -> None:
        self._status = Path(f"/proc/{process}/status")
        self._over = threading.Event()
        self.first = self.most = self._now()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def end(self) -> None:
        """Looks no more."""
        self._over.set()
        self._watcher.join()

    def _now(self) -> float:
        found = re.search(r"VmRSS:\s+(\d+) kB", self._status.read_text())
        return int(found[1]) / 1024 if found else 0.0

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, self._now())
