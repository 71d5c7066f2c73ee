"""Shows that the suite judges a server where neither FastAPI nor Pydantic is installed.

Run by `tox -e bare` in an environment that holds the built wheel without its extra.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

WIRECHECK = str(Path(sys.executable).with_name("wirecheck"))
VIOLATES, CANNOT_TELL = 1, 2


class Wrong(BaseHTTPRequestHandler):
    """A server that gives one answer to everything."""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        body = json.dumps({"object": "list", "data": [{"id": "nobody"}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of the base class
        """Says nothing."""

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815 - names of the base class


def ran(*arguments: str) -> tuple[int, str]:
    """The exit code of the command `wirecheck`, and what it printed."""
    done = subprocess.run([WIRECHECK, "run", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def main() -> int:
    """0 where the suite works without the extra, else 1."""
    present = [name for name in ("fastapi", "starlette", "uvicorn", "pydantic") if find_spec(name)]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    judged, said = ran(f"http://127.0.0.1:{server.server_port}", "--quick")
    server.shutdown()
    alone, hint = ran()
    print(said, hint, sep="\n")
    wrong = [
        *(f"{name} is installed: this shows nothing" for name in present),
        *([f"a wrong server: exit code {judged}, wanted {VIOLATES}"] if judged != VIOLATES else []),
        *(["a traceback"] if "Traceback" in said + hint else []),
        *([f"no reference server: exit code {alone}, wanted {CANNOT_TELL}"] if alone != CANNOT_TELL else []),
        *(["no word on how to install it"] if "[reference]" not in hint else []),
    ]
    print(*wrong or ["the suite judges without the extra"], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
