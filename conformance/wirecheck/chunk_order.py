"""The order of a chat stream, as a table. No I/O.

Each choice walks through the states below; the stream as a whole through its own. What a table does not allow is a
breach, named by the rule that it breaks, and the walk goes on as a client's would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from wirecheck.exchange import ABSENT, at

Rule = Literal["role first", "finish once", "finish last", "done once", "done last", "usage last"]
Symbol = Literal["role", "delta", "finish", "chunk", "usage", "done", "error"]

# (state of a choice, symbol) -> (next state, rule that the step breaks).
CHOICE: Final[dict[tuple[str, Symbol], tuple[str, Rule | None]]] = {
    ("fresh", "role"): ("open", None),
    ("fresh", "delta"): ("open", "role first"),
    ("fresh", "finish"): ("finished", "role first"),
    ("open", "role"): ("open", None),
    ("open", "delta"): ("open", None),
    ("open", "finish"): ("finished", None),
    ("finished", "role"): ("finished", "finish last"),
    ("finished", "delta"): ("finished", "finish last"),
    ("finished", "finish"): ("finished", "finish once"),
}

# The same for the stream: chunks with choices, then at most one usage chunk without, then the end. A failed stream ends
# with its error, and only [DONE] may follow.
STREAM: Final[dict[tuple[str, Symbol], tuple[str, Rule | None]]] = {
    ("running", "chunk"): ("running", None),
    ("running", "usage"): ("counted", None),
    ("running", "done"): ("ended", None),
    ("running", "error"): ("failed", None),
    ("counted", "chunk"): ("counted", "usage last"),
    ("counted", "usage"): ("counted", None),
    ("counted", "done"): ("ended", None),
    ("counted", "error"): ("failed", None),
    ("failed", "chunk"): ("failed", None),
    ("failed", "usage"): ("failed", None),
    ("failed", "done"): ("ended", None),
    ("failed", "error"): ("failed", None),
    ("ended", "chunk"): ("ended", "done last"),
    ("ended", "usage"): ("ended", "done last"),
    ("ended", "done"): ("ended", "done once"),
    ("ended", "error"): ("ended", "done last"),
}


@dataclass(frozen=True)
class Breach:
    """A step that the table does not allow: the rule, the number of the event from 1, and what was there."""

    rule: Rule
    event: int
    message: str


def walk(events: list[Any]) -> Iterator[Breach]:
    """The breaches of a stream, given its payloads in order: a parsed chunk each, or the text `[DONE]`."""
    state = "running"
    choices: dict[int, str] = {}
    for number, payload in enumerate(events, 1):
        symbol = _symbol(payload)
        state, rule = STREAM[state, symbol]
        if rule:
            yield Breach(rule, number, f"event {number} is {_named(symbol)}, after the stream was {state}")
        for item in _choices(payload):
            index = at(item, "index")
            index = index if isinstance(index, int) else 0
            for step in _steps(item):
                before = choices.get(index, "fresh")
                choices[index], rule = CHOICE[before, step]
                if rule == "role first":
                    yield Breach(rule, number, f"event {number}: choice {index} begins with {_named(step)}, not a role")
                elif rule:
                    yield Breach(rule, number, f"event {number}: choice {index} was {before}, then came {_named(step)}")


def _symbol(payload: Any) -> Symbol:
    if payload == "[DONE]":
        return "done"
    if at(payload, "error") not in (ABSENT, None):
        return "error"
    if not _choices(payload) and isinstance(at(payload, "usage"), dict):
        return "usage"
    return "chunk"


def _steps(item: Any) -> Iterator[Symbol]:
    delta = at(item, "delta")
    if at(delta, "role"):
        yield "role"
    elif isinstance(delta, dict) and any(delta.get(key) for key in ("content", "tool_calls", "refusal")):
        yield "delta"
    if isinstance(at(item, "finish_reason"), str):
        yield "finish"


def _choices(payload: Any) -> list[Any]:
    found = at(payload, "choices")
    return found if isinstance(found, list) else []


def _named(symbol: Symbol) -> str:
    return {
        "role": "a role",
        "delta": "a delta",
        "finish": "a finish_reason",
        "chunk": "a chunk",
        "usage": "a usage chunk",
        "done": "[DONE]",
        "error": "an error",
    }[symbol]
