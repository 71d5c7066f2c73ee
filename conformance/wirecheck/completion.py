"""A chat answer as a client ends up with it, read from one body or joined from a stream. No I/O, no opinion.

Reading is tolerant: whatever is not of the right type is as good as absent. Judging what is wrong is for others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wirecheck import shape
from wirecheck.exchange import ABSENT, Exchange, at
from wirecheck.probe import Unseen


@dataclass
class Call:
    """A tool call: `fragments` are the pieces of the arguments in order, one where the call came whole."""

    index: int
    id: str = ""
    name: str = ""
    fragments: list[str] = field(default_factory=list)

    @property
    def arguments(self) -> str:
        """The arguments, joined."""
        return "".join(self.fragments)


@dataclass
class Choice:
    """One choice. `finishes` holds every non-null finish reason that was given, in order.

    `reasoning` is what a model thought aloud, in a field of its own as many servers have it.
    """

    index: int
    text: str = ""
    refusal: str = ""
    reasoning: str = ""
    finishes: list[Any] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    logprobs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def finish(self) -> Any:
        """The last finish reason, None where there was none."""
        return self.finishes[-1] if self.finishes else None


@dataclass
class Completion:
    """The choices by index, and the usage object where one came."""

    choices: dict[int, Choice] = field(default_factory=dict)
    usage: dict[str, Any] | None = None

    @property
    def first(self) -> Choice:
        """Choice 0. Raises `Unseen` where there is none."""
        if 0 not in self.choices:
            raise Unseen("the answer has no choice with index 0")
        return self.choices[0]

    def count(self, name: str) -> int | None:
        """A count of the usage object, such as `total_tokens`; None where it is no whole number of 64 bits."""
        value = shape.whole(at(self.usage, name))
        return value if value is not None and abs(value) < 2**63 else None

    @property
    def thought(self) -> bool:
        """Whether the model thought before it spoke: how long it does so varies from one time to the next."""
        hidden = shape.whole(at(self.usage, "completion_tokens_details", "reasoning_tokens"))
        return bool(hidden) or any(choice.reasoning for choice in self.choices.values())


def read(exchange: Exchange) -> Completion:
    """What the client of this exchange ends up with. Raises `Unseen` where the answer is no completion at all."""
    if exchange.status != 200:
        raise Unseen(f"no completion came: {exchange}")
    found = _of_stream(exchange) if shape.streams(exchange) else _of_body(exchange)
    if not found.choices:
        raise Unseen(f"no choice came: {exchange}")
    return found


def _of_body(exchange: Exchange) -> Completion:
    found = Completion(usage=_dict(exchange.at("usage")))
    for position, item in enumerate(_list(exchange.at("choices"))):
        index = shape.whole(at(item, "index"))
        choice = Choice(position if index is None else index)
        message = at(item, "message")
        choice.text = _str(at(message, "content"))
        choice.refusal = _str(at(message, "refusal"))
        choice.reasoning = _reasoning(message)
        choice.finishes = _finishes(item)
        for number, call in enumerate(_list(at(message, "tool_calls"))):
            name, arguments = _function(call)
            choice.calls.append(Call(number, _str(at(call, "id")), _str(name), [_str(arguments)]))
        choice.logprobs = _dicts(at(item, "logprobs", "content"))
        found.choices[choice.index] = choice
    return found


def _of_stream(exchange: Exchange) -> Completion:
    found = Completion()
    for _, chunk in shape.values(exchange):
        found.usage = _dict(at(chunk, "usage")) or found.usage
        for item in _list(at(chunk, "choices")):
            index = shape.whole(at(item, "index")) or 0
            choice = found.choices.setdefault(index, Choice(index))
            delta = at(item, "delta")
            choice.text += _str(at(delta, "content"))
            choice.refusal += _str(at(delta, "refusal"))
            choice.reasoning += _reasoning(delta)
            choice.finishes += _finishes(item)
            choice.logprobs += _dicts(at(item, "logprobs", "content"))
            for fragment in _list(at(delta, "tool_calls")):
                _join(choice, fragment)
    return found


def _join(choice: Choice, fragment: Any) -> None:
    number = at(fragment, "index")
    if not isinstance(number, int):
        number = len(choice.calls) - 1 if choice.calls and not at(fragment, "id") else len(choice.calls)
    call = next((each for each in choice.calls if each.index == number), None)
    if call is None:
        call = Call(number)
        choice.calls.append(call)
    name, arguments = _function(fragment)
    call.id = call.id or _str(at(fragment, "id"))
    call.name = call.name or _str(name)
    if isinstance(arguments, str):
        call.fragments.append(arguments)


def _function(call: Any) -> tuple[Any, Any]:
    if at(call, "custom") is not ABSENT:
        return at(call, "custom", "name"), at(call, "custom", "input")
    return at(call, "function", "name"), at(call, "function", "arguments")


def _reasoning(message: Any) -> str:
    return _str(at(message, "reasoning_content")) or _str(at(message, "reasoning"))


def _finishes(item: Any) -> list[Any]:
    reason = at(item, "finish_reason")
    return [] if reason is None or reason is ABSENT else [reason]


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
