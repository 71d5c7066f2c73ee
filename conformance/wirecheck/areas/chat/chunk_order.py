"""The order of a stream of chunks, as a table. No I/O.

Each choice walks through the states below; the stream as a whole through its own. What a table does not allow is a
breach, named by the rule that it breaks, and the walk goes on as a client's would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from wirecheck.areas.chat.reading import order
from wirecheck.contract.document import document
from wirecheck.evidence.exchange import Exchange, at, whole_number
from wirecheck.judging.shape import says_error

Rule = Literal["role first", "finish once", "finish last", "done once", "done last", "usage last"]
Symbol = Literal["role", "delta", "text", "finish", "chunk", "usage", "done", "error", "noise"]

# The component that lists the reasons.
_REASONS: Final = "ChatFinishReason"

# (state of a choice, symbol) -> (next state, rule that the step breaks). A `text` is a piece of a completion, which
# nobody says.
CHOICE: Final[dict[tuple[str, Symbol], tuple[str, Rule | None]]] = {
    ("fresh", "role"): ("open", None),
    ("fresh", "delta"): ("open", "role first"),
    ("fresh", "text"): ("open", None),
    ("fresh", "finish"): ("finished", "role first"),
    ("open", "role"): ("open", None),
    ("open", "delta"): ("open", None),
    ("open", "text"): ("open", None),
    ("open", "finish"): ("finished", None),
    ("finished", "role"): ("finished", "finish last"),
    ("finished", "delta"): ("finished", "finish last"),
    ("finished", "text"): ("finished", "finish last"),
    ("finished", "finish"): ("finished", "finish once"),
}

# The same for the stream: chunks with choices, then at most one usage chunk without, then the end. A failed stream ends
# with its error, and only [DONE] may follow. Noise is what is no JSON object: that it came is for others to say.
STREAM: Final[dict[tuple[str, Symbol], tuple[str, Rule | None]]] = {
    ("running", "chunk"): ("running", None),
    ("running", "usage"): ("counted", None),
    ("running", "done"): ("ended", None),
    ("running", "error"): ("failed", None),
    ("running", "noise"): ("running", None),
    ("counted", "chunk"): ("counted", "usage last"),
    ("counted", "usage"): ("counted", None),
    ("counted", "done"): ("ended", None),
    ("counted", "error"): ("failed", None),
    ("counted", "noise"): ("counted", None),
    ("failed", "chunk"): ("failed", None),
    ("failed", "usage"): ("failed", None),
    ("failed", "done"): ("ended", None),
    ("failed", "error"): ("failed", None),
    ("failed", "noise"): ("failed", None),
    ("ended", "chunk"): ("ended", "done last"),
    ("ended", "usage"): ("ended", "done last"),
    ("ended", "done"): ("ended", "done once"),
    ("ended", "error"): ("ended", "done last"),
    ("ended", "noise"): ("ended", "done last"),
}


@dataclass(frozen=True)
class Breach:
    """A step that the table does not allow: the rule, the number of the event from 1, and what was there."""

    rule: Rule
    event: int
    message: str


def breaches(answer: Exchange) -> tuple[Breach, ...]:
    """The breaches of a stream, walked through once."""
    return answer.once(_walked)


def _walked(answer: Exchange) -> tuple[Breach, ...]:
    return tuple(walk(order(answer)))


def walk(events: list[Any]) -> Iterator[Breach]:
    """The breaches of a stream, given its payloads in order: a parsed chunk each, or the text `[DONE]`.

    Where a choice has no index, nobody can tell which one it is, and no choice is followed.
    """
    state = "running"
    told = indexed(events)
    choices: dict[int, str] = {}
    for number, payload in enumerate(events, 1):
        symbol = _symbol(payload)
        state, rule = STREAM[state, symbol]
        if rule:
            yield Breach(rule, number, f"event {number} is {_named(symbol)}, after the stream was {state}")
        for item in _choices(payload) if told else ():
            index = whole_number(at(item, "index")) or 0
            for step in _steps(item):
                before = choices.get(index, "fresh")
                choices[index], rule = CHOICE[before, step]
                if rule == "role first":
                    yield Breach(rule, number, f"event {number}: choice {index} begins with {_named(step)}, not a role")
                elif rule:
                    yield Breach(rule, number, f"event {number}: choice {index} was {before}, then came {_named(step)}")


def indexed(events: list[Any]) -> bool:
    """Whether each choice of a stream says by a number which one it is."""
    return all(whole_number(at(item, "index")) is not None for payload in events for item in _choices(payload))


def finishes(reason: Any) -> bool:
    """Whether a finish reason is one. What is out of the list, such as an empty text, finishes nothing."""
    return isinstance(reason, str) and reason in document().schemas[_REASONS]["enum"]


def _symbol(payload: Any) -> Symbol:
    if payload == "[DONE]":
        return "done"
    if not isinstance(payload, dict):
        return "noise"
    if says_error(payload):
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
    elif at(item, "text"):
        yield "text"
    if finishes(at(item, "finish_reason")):
        yield "finish"


def _choices(payload: Any) -> list[Any]:
    found = at(payload, "choices")
    return found if isinstance(found, list) else []


def _named(symbol: Symbol) -> str:
    return {
        "role": "a role",
        "delta": "a delta",
        "text": "a text",
        "finish": "a finish_reason",
        "chunk": "a chunk",
        "usage": "a usage chunk",
        "done": "[DONE]",
        "error": "an error",
        "noise": "what is no object",
    }[symbol]
