"""Three prompts in one request beside one prompt, on the model that takes its time: what a list costs its sender.

Starts the reference server with a second for each answer of its slow model. In each round both are asked in turn, so
that the machine's mood is in both; what counts is the median of the rounds' ratios. Exit codes: 0 the target is met; 1
it is missed; 2 nothing could be measured.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

# How much longer three prompts may take than one.
TARGET: Final = 1.3
PROMPTS: Final = 3
TOKENS: Final = 50
# Seconds that one answer of so many tokens takes.
ANSWER: Final = 1.0
_WORDS: Final = " ".join(f"w{number}" for number in range(TOKENS))


@contextmanager
def serving() -> Iterator[str]:
    """The address of a reference server, ended with the block. Raises `RuntimeError` where it does not start."""
    line = [sys.executable, "-m", "wirecheck_reference", "serve", "--port", "0", "--log-level", "error"]
    line += ["--slow-token-seconds", str(ANSWER / TOKENS), "--exit-with-parent"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if "http://" not in said:
                raise RuntimeError("the server does not start")
            yield said[said.index("http://") :].strip()
        finally:
            process.terminate()


def seconds(url: str, prompt: Any) -> float:
    """How long completions of a prompt, or of a list, take. Raises `RuntimeError` where not all of them came."""
    body = {"model": "echo-slow", "prompt": prompt, "max_tokens": TOKENS, "temperature": 0}
    request = urllib.request.Request(f"{url}/v1/completions", json.dumps(body).encode())  # noqa: S310 - our own server
    request.add_header("content-type", "application/json")
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
        choices = json.load(answer)["choices"]
    took = time.monotonic() - began
    if len(choices) != (len(prompt) if isinstance(prompt, list) else 1):
        raise RuntimeError(f"{len(choices)} choices came")
    return took


def main() -> int:
    """Measures, prints, and tells by its exit code."""
    parser = argparse.ArgumentParser(description="Three prompts in one request beside one prompt, on a slow model.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    ratios: list[float] = []
    try:
        with serving() as url:
            for number in range(1, rounds + 1):
                one, three = seconds(url, _WORDS), seconds(url, [_WORDS] * PROMPTS)
                ratios.append(three / one)
                print(f"round {number}: one prompt {one:.2f} s, {PROMPTS} prompts {three:.2f} s: {ratios[-1]:.2f}")
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    ratio = statistics.median(ratios)
    print(f"{PROMPTS} prompts take {ratio:.2f} times as long as one; the target is at most {TARGET}")
    return int(ratio > TARGET)


if __name__ == "__main__":
    sys.exit(main())
