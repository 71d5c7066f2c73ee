"""How a driver talks: a line of JSON in (an address, a call), a line out (what its user sees). Knows no client.

The first line out says which client it is, its versions and the names of its calls.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

ASKED: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("asked.json").read_text("utf-8"))
"""What every client asks: the same texts, tools and schemas, in whatever language it is written."""

Call = Callable[[str], Any]
"""Makes a call at an address and gives what its user sees, as JSON values; raises what the client raises."""

_FIELDS: Final = {"status": "status_code", "code": "code", "param": "param", "type": "type"}


def user(text: str) -> list[dict[str, Any]]:
    """A conversation of one message."""
    return [{"role": "user", "content": text}]


def joined(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Log probabilities as a user prints them: each token with its number, and the alternatives."""
    return [
        {
            "token": each.get("token"),
            "logprob": each.get("logprob"),
            "top": [[other.get("token"), other.get("logprob")] for other in each.get("top_logprobs") or ()],
        }
        for each in pieces
    ]


def rounded(vectors: list[Any]) -> list[Any]:
    """Vectors to three digits; what is none stays as it is."""
    return [[round(each, 3) for each in vector] if isinstance(vector, list) else vector for vector in vectors]


def images() -> list[dict[str, Any]]:
    """A question about two images of different formats, the first to be looked at closely."""
    closely = {"url": ASKED["image"], "detail": "high"}
    found = [{"type": "image_url", "image_url": each} for each in (closely, {"url": ASKED["other_image"]})]
    return [{"role": "user", "content": [{"type": "text", "text": "What are these?"}, *found]}]


def words() -> str:
    """A prompt of many words."""
    return "Repeat exactly: " + " ".join(map(str, range(ASKED["words"])))


def at_once(call: Callable[[str], Any]) -> list[Any]:
    """What a call gives for each of ten prompts that begin alike, all made at the same time."""
    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(call, [ASKED["alike"].format(number) for number in range(10)]))


def raised(error: BaseException) -> dict[str, Any]:
    """What a user can tell of an exception: its class, the fields that say what was wrong, its message."""
    told = {name: getattr(error, field, None) for name, field in _FIELDS.items()}
    return {
        "class": type(error).__name__,
        **{name: value if isinstance(value, str | int | None) else repr(value) for name, value in told.items()},
        "message": str(error),
    }


def serve(versions: Mapping[str, str], calls: Mapping[str, Call]) -> None:
    """Answers lines until there are none left."""
    said = sys.stdout
    sys.stdout = sys.stderr  # what a client prints is no answer
    print(json.dumps({"versions": dict(versions), "calls": list(calls)}), file=said, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        outcome: dict[str, Any]
        try:
            outcome = {"returned": calls[asked["call"]](asked["url"])}
        except Exception as error:  # noqa: BLE001 - whatever a client raises is what is asked for
            outcome = {"raised": raised(error)}
        print(json.dumps(outcome, default=repr, sort_keys=True), file=said, flush=True)
