"""An answer in choices as a client ends up with it, read once from one body or joined from a stream. No I/O.

Reading is tolerant: whatever is not of the right type is as good as absent. Judging what is wrong is for others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from wirecheck.evidence.exchange import ABSENT, Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.shape import says_error

DONE: Final = "[DONE]"
"""The data of the last event of a chat stream."""

_NEARLY_DONE: Final = re.compile(r"[\W_]*done[\W_]*", re.IGNORECASE)


@dataclass
class Choice:
    """One choice. `finishes` holds every non-null finish reason that was given, in order.

    `reasoning` is what a model thought aloud, in a field of its own as many servers have it. `calls`: it holds some
    tool call, of whatever form.
    """

    index: int
    text: str = ""
    refusal: str = ""
    reasoning: str = ""
    finishes: list[Any] = field(default_factory=list)
    calls: bool = False
    logprobs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def finish(self) -> Any:
        """The last finish reason, None where there was none."""
        return self.finishes[-1] if self.finishes else None

    def take(self, item: Any, message: str) -> None:
        """Adds what one choice of a body or of a chunk holds under `message` or `delta`, or as its own `text`."""
        said = at(item, message)
        self.text += _str(at(said, "content")) or _str(at(item, "text"))
        self.refusal += _str(at(said, "refusal"))
        self.reasoning += _str(at(said, "reasoning_content")) or _str(at(said, "reasoning"))
        self.calls = self.calls or bool(items(said, "tool_calls"))
        reason = at(item, "finish_reason")
        self.finishes += [] if reason is None or reason is ABSENT else [reason]
        self.logprobs += [each for each in items(item, "logprobs", "content") if isinstance(each, dict)]


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
        value = whole_number(at(self.usage, name))
        return value if value is not None and abs(value) < 2**63 else None

    @property
    def reasoning_tokens(self) -> int | None:
        """The tokens that the model thought in, None where they are not counted."""
        return whole_number(at(self.usage, "completion_tokens_details", "reasoning_tokens"))

    @property
    def thought(self) -> bool:
        """Whether the model thought before it spoke: how long it does so varies from one time to the next."""
        return bool(self.reasoning_tokens) or any(choice.reasoning for choice in self.choices.values())


def read(exchange: Exchange) -> Completion:
    """What the client of this exchange ends up with. Raises `Unseen` where the answer is no completion at all."""
    if exchange.status != 200:
        raise Unseen(f"no completion came: {exchange}")
    found = exchange.once(_found)
    if not found.choices:
        raise Unseen(f"no choice came: {exchange}")
    return found


def prompt_of(body: Any) -> str:
    """The text of the messages of a request, in strings and in parts."""
    texts: list[str] = []
    for message in items(body, "messages"):
        content = at(message, "content")
        parts = content if isinstance(content, list) else []
        texts += [content] if isinstance(content, str) else [_str(at(part, "text")) for part in parts]
    return "\n".join(texts)


def order(exchange: Exchange) -> list[Any]:
    """One payload for each event of a stream, in order: a parsed value, `DONE`, or `ABSENT` where it is neither."""
    return [DONE if each.text == DONE else each.value for each in exchange.payloads]


def unreadable(exchange: Exchange) -> bool:
    """Whether a chunk of a stream is no JSON: what it held is lost, and that is for `stream.json` to say."""
    return exchange.is_stream and any(
        each.value is ABSENT and each.text != DONE and '"choices"' in each.text for each in exchange.payloads
    )


def documents(exchange: Exchange) -> list[Any]:
    """The objects that an answer consists of: one, or the chunks of a stream that tell a part of it."""
    if not exchange.is_stream:
        return [exchange.json]
    return [value for _, value in exchange.objects if not says_error(value) and not says_nothing(value)]


def says_nothing(chunk: dict[str, Any]) -> bool:
    """Whether a chunk tells no part of an answer: no usage, and no choice that has a delta or a text or finishes.

    Such a chunk tells what a gateway has found, in the prompt or after the end, and need not say of which answer.
    """
    choices = at(chunk, "choices")
    if not isinstance(choices, list) or isinstance(at(chunk, "usage"), dict):
        return False
    return not any(at(each, "delta") or at(each, "text") or at(each, "finish_reason") for each in choices)


def nearly_done(data: str) -> bool:
    """Whether the data of an event stands for `[DONE]`, or nearly: other brackets, letters, quotes or spaces."""
    return _NEARLY_DONE.fullmatch(data) is not None


def is_chunk(value: dict[str, Any]) -> bool:
    """Whether an object of a stream is meant as a chunk, be it a broken one: it has an id, or choices."""
    return "id" in value or "choices" in value


def _found(exchange: Exchange) -> Completion:
    return _of_stream(exchange) if exchange.is_stream else _of_body(exchange)


def _of_body(exchange: Exchange) -> Completion:
    found = Completion(usage=_dict(exchange.at("usage")))
    for position, item in enumerate(items(exchange.json, "choices")):
        index = whole_number(at(item, "index"))
        choice = Choice(position if index is None else index)
        choice.take(item, "message")
        found.choices[choice.index] = choice
    return found


def _of_stream(exchange: Exchange) -> Completion:
    found = Completion()
    for _, chunk in exchange.objects:
        found.usage = _dict(at(chunk, "usage")) or found.usage
        for item in items(chunk, "choices"):
            index = whole_number(at(item, "index")) or 0
            found.choices.setdefault(index, Choice(index)).take(item, "delta")
    return found


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None
