"""Goes through the steps of the Dockerfile without Docker: the wheel, its environment, the server, its health, its end.

Run by `tox -e image`, outside of the usual environments: it installs all that the image has.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
PATIENCE = 120.0


def main() -> int:
    """0 where each step does what the image needs, else 1."""
    extras = re.search(r"\.whl\)(\[[\w,]+\])", IMAGE)
    health = re.search(r"CMD (\[.*urllib.*\])", IMAGE)
    assert extras is not None
    assert health is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", name, str(ROOT)], check=True)
        (wheel,) = folder.glob("*.whl")
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        binaries = folder / "venv" / "bin"
        subprocess.run([str(binaries / "pip"), "install", "-q", f"{wheel}{extras[1]}"], check=True)
        environment = {
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "WIRECHECK_HOST": "0.0.0.0",  # noqa: S104  # as the image has it
            "WIRECHECK_PORT": "18080",
            "WIRECHECK_DATA_FOLDER": str(folder / "data"),
            "WIRECHECK_API_KEYS": "sk-of-the-image",
        }
        line = [str(binaries / "wirecheck"), "serve", "--workers", "2"]
        with subprocess.Popen(line, env=environment, cwd=name, stdout=subprocess.PIPE, text=True) as server:
            impatience = threading.Timer(PATIENCE, server.kill)
            impatience.start()
            try:
                assert server.stdout is not None
                print(server.stdout.readline().strip())
                healthy = subprocess.run(json.loads(health[1]), env=environment, check=False).returncode
            finally:
                server.send_signal(signal.SIGTERM)
                ended = server.wait(PATIENCE)
                impatience.cancel()
    print(f"healthy: {healthy == 0}, exit code {ended}")
    return 1 if healthy or ended else 0


if __name__ == "__main__":
    sys.exit(main())
